// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.fs.FsStat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DiskUsageTest {
  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 4096",
    "512, 4096",
    "4096, 4096",
    "4097, 8192",
    "8191, 8192",
    "8192, 8192"
  })
  void isInWholeBlocks(long size, long expected) {
    assertThat(usage(FsStat.S_IFREG, size)).isEqualTo(expected);
    assertThat(usage(FsStat.S_IFDIR, size)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "59, 0", "60, 4096", "4095, 4096"})
  void aShortLinkTakesNoBlock(long size, long expected) {
    assertThat(usage(FsStat.S_IFLNK, size)).isEqualTo(expected);
  }

  @Test
  void whereTheBlocksAreToldTheyCount() {
    FsStat s = StatBuilder.stat(1, 2, FsStat.S_IFREG, 1, 1 << 20);
    FsStat sparse =
        new FsStat(
            s.dev(),
            s.mode(),
            s.nlink(),
            s.uid(),
            s.gid(),
            s.rdev(),
            s.ino(),
            s.size(),
            s.blksize(),
            16,
            s.flags(),
            s.gen(),
            s.atim(),
            s.mtim(),
            s.ctim(),
            s.birthtim());
    assertThat(DiskUsage.of(sparse)).isEqualTo(8192);
  }

  private static long usage(int type, long size) {
    return DiskUsage.of(StatBuilder.stat(1, 2, type, 1, size));
  }
}
