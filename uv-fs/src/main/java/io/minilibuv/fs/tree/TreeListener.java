// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.UvException;

/**
 * Is told how an operation on a tree gets on, for a progress bar or a log. On the loop's thread, in
 * the order in which things happen.
 *
 * <p>What it throws ends the operation, and completes its future.
 */
public interface TreeListener {

  /** A copy has written bytes, also of a file that fails later. */
  default void transferred(long bytes) {}

  /**
   * An entry was visited, or removed, or is copied: a file is whole and in its place, a directory
   * has everything that it could get.
   *
   * @param bytes of a regular file, how many it has, or had; when copied, how many were found in it
   */
  default void done(TreeEntry entry, long bytes) {}

  /**
   * A copy leaves an entry alone, since it is there already: {@link TreeOptions#resume}. It is not
   * {@link #done} then.
   *
   * @param bytes of a regular file, how many it has
   */
  default void kept(TreeEntry entry, long bytes) {}

  /** Something has failed, and everything else goes on. */
  default void failed(UvException failure) {}
}
