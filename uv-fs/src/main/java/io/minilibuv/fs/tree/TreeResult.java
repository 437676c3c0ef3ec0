// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.UvException;
import java.util.List;

/**
 * What an operation on a tree has done: how much it has visited, removed or copied, and what has
 * failed.
 *
 * @param files regular files
 * @param directories directories, the root included
 * @param links symbolic links
 * @param others devices, FIFOs and sockets
 * @param bytes what the regular files have, or had
 * @param kept files and links that a copy has left alone: {@link TreeOptions#resume}
 * @param failures how often something has failed
 * @param errors the first failures, as many as {@link TreeOptions#keptErrors} says
 */
public record TreeResult(
    long files,
    long directories,
    long links,
    long others,
    long bytes,
    long kept,
    long failures,
    List<UvException> errors) {

  public TreeResult {
    errors = List.copyOf(errors);
  }

  /** Whether something has failed. */
  public boolean hasFailures() {
    return failures > 0;
  }
}
