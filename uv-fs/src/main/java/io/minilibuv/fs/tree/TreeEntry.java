// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.FsStat;
import java.util.Objects;

/**
 * Something that was found in a tree, or its root.
 *
 * @param path the root's path as it was given, and the way from there
 * @param relative the way from the root alone, with slashes; empty for the root
 * @param depth how many directories are above it in the tree; 0 for the root
 * @param stat what is known of it, itself and not what it leads to
 */
public record TreeEntry(String path, String relative, int depth, FsStat stat) {

  public TreeEntry {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(relative, "relative");
    Objects.requireNonNull(stat, "stat");
  }

  /** What it is; a symbolic link is one, wherever it leads. */
  public DirentType type() {
    return switch (stat.fileType()) {
      case FsStat.S_IFREG -> DirentType.FILE;
      case FsStat.S_IFDIR -> DirentType.DIR;
      case FsStat.S_IFLNK -> DirentType.LINK;
      case FsStat.S_IFIFO -> DirentType.FIFO;
      case FsStat.S_IFSOCK -> DirentType.SOCKET;
      case FsStat.S_IFCHR -> DirentType.CHAR;
      case FsStat.S_IFBLK -> DirentType.BLOCK;
      default -> DirentType.UNKNOWN;
    };
  }
}
