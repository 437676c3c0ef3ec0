// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

/** What a directory says that one of its entries is ({@code uv_dirent_type_t}, include/uv.h). */
public enum DirentType {
  /** The directory does not say: ask {@code lstat}. */
  UNKNOWN,
  /** A regular file. */
  FILE,
  /** A directory. */
  DIR,
  /** A symbolic link, wherever it leads. */
  LINK,
  /** A pipe with a name. */
  FIFO,
  /** A socket with a name. */
  SOCKET,
  /** A character device. */
  CHAR,
  /** A block device. */
  BLOCK;

  /** The type of a file with this {@code st_mode}. */
  static DirentType ofMode(int mode) {
    return switch (mode & FsStat.S_IFMT) {
      case FsStat.S_IFREG -> FILE;
      case FsStat.S_IFDIR -> DIR;
      case FsStat.S_IFLNK -> LINK;
      case FsStat.S_IFIFO -> FIFO;
      case FsStat.S_IFSOCK -> SOCKET;
      case FsStat.S_IFCHR -> CHAR;
      case FsStat.S_IFBLK -> BLOCK;
      default -> UNKNOWN;
    };
  }
}
