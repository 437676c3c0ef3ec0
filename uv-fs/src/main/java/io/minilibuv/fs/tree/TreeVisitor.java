// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

/**
 * Is shown the entries of a tree, one after the other, on the loop's thread.
 *
 * <p>What it throws ends the walk, and completes its future.
 */
@FunctionalInterface
public interface TreeVisitor {

  /** How a walk goes on. */
  enum Next {
    /** With everything. */
    CONTINUE,
    /** Without what is in this directory; nor is it left, then. Of anything else, as CONTINUE. */
    SKIP,
    /** Not at all: the visitor is not called again, and the future is completed. */
    END
  }

  /** An entry: a directory before anything that is in it. */
  Next enter(TreeEntry entry);

  /**
   * The end of a directory: everything in it has been shown, but for what could not be. This is
   * called for each directory that was entered with CONTINUE, also if it could not be read.
   *
   * @return SKIP is the same as CONTINUE
   */
  default Next leave(TreeEntry directory) {
    return Next.CONTINUE;
  }
}
