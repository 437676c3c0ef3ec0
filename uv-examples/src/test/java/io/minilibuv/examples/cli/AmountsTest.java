// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class AmountsTest {

  @Test
  void bytesTakeTheUnitThatSuitsThem() {
    assertThat(Amounts.bytes(0)).isEqualTo("0 B");
    assertThat(Amounts.bytes(1023)).isEqualTo("1023 B");
    assertThat(Amounts.bytes(1024)).isEqualTo("1.0 KiB");
    assertThat(Amounts.bytes(1536)).isEqualTo("1.5 KiB");
    assertThat(Amounts.bytes(327_575_142)).isEqualTo("312.4 MiB");
    assertThat(Amounts.bytes(5L << 40)).isEqualTo("5.0 TiB");
    assertThat(Amounts.bytes(Long.MAX_VALUE)).isEqualTo("8.0 EiB");
  }

  @Test
  void bytesAreNeverRoundedToAThousandAndMoreOfAUnit() {
    assertThat(Amounts.bytes((1 << 20) - 1)).isEqualTo("1.0 MiB");
    assertThat(Amounts.bytes(1023 * 1024)).isEqualTo("1023.0 KiB");
    assertThat(Amounts.bytes((1L << 30) - 1)).isEqualTo("1.0 GiB");
  }

  @Test
  void rateIsBytesInASecond() {
    assertThat(Amounts.rate(3 << 20, 2000)).isEqualTo("1.5 MiB/s");
    assertThat(Amounts.rate(100, 0)).isEqualTo("97.7 KiB/s");
    assertThat(Amounts.rate(0, 5)).isEqualTo("0 B/s");
  }

  @Test
  void durationIsAsExactAsItIsLong() {
    assertThat(Amounts.duration(0)).isEqualTo("0.00 s");
    assertThat(Amounts.duration(2314)).isEqualTo("2.31 s");
    assertThat(Amounts.duration(59_994)).isEqualTo("59.99 s");
    assertThat(Amounts.duration(59_995)).isEqualTo("1 min 00 s");
    assertThat(Amounts.duration(185_000)).isEqualTo("3 min 05 s");
    assertThat(Amounts.duration(3_599_499)).isEqualTo("59 min 59 s");
    assertThat(Amounts.duration(3_599_500)).isEqualTo("1 h 00 min");
    assertThat(Amounts.duration(7_260_000)).isEqualTo("2 h 01 min");
  }

  @Test
  void countHasTheRightWord() {
    assertThat(Amounts.count(1, "link", "links")).isEqualTo("1 link");
    assertThat(Amounts.count(0, "link", "links")).isEqualTo("0 links");
    assertThat(Amounts.count(5003, "file", "files")).isEqualTo("5,003 files");
  }

  @Test
  void amountsAreTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertThat(Amounts.bytes(1536)).isEqualTo("1.5 KiB");
      assertThat(Amounts.duration(2314)).isEqualTo("2.31 s");
      assertThat(Amounts.count(5003, "file", "files")).isEqualTo("5,003 files");
    } finally {
      Locale.setDefault(before);
    }
  }
}
