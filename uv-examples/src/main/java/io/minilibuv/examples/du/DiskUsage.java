// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import io.minilibuv.fs.FsStat;

/**
 * What a file takes on the disk, as far as a stat tells.
 *
 * <p>{@code st_blocks} is what {@code du} goes by in C. Java does not tell it, and it comes here as
 * the size in units of 512 bytes. A file system gives out whole blocks, so the next whole block is
 * nearer to the truth; and where the blocks are told, they are whole ones anyway. What cannot be
 * seen is holes, compression, and the blocks in which a large file keeps account of its blocks.
 */
final class DiskUsage {
  private static final long UNIT = 512;

  /** A link's text that is shorter than this has no block: it is beside the file's number. */
  private static final int SHORT_TEXT = 60;

  private DiskUsage() {}

  /** The bytes of the blocks that a file has. */
  static long of(FsStat stat) {
    if (stat.isSymbolicLink() && stat.size() < SHORT_TEXT) {
      return 0;
    }
    long block = Math.max(UNIT, stat.blksize());
    return (stat.blocks() * UNIT + block - 1) / block * block;
  }
}
