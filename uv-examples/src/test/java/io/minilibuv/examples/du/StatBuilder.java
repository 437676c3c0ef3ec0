// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import io.minilibuv.fs.FsStat;

/** Makes stats of files that are not there. */
final class StatBuilder {
  private StatBuilder() {}

  /** The blocks are what the size needs, in units of 512 bytes; a good size is 4096. */
  static FsStat stat(long dev, long ino, int mode, long nlink, long size) {
    FsStat zero = FsStat.ZERO;
    return new FsStat(
        dev,
        mode,
        nlink,
        0,
        0,
        0,
        ino,
        size,
        4096,
        (size + 511) / 512,
        0,
        0,
        zero.atim(),
        zero.mtim(),
        zero.ctim(),
        zero.birthtim());
  }
}
