// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {

  @Test
  void printableIsOneLine() {
    assertThat(Printable.line("a\nb\r\tc\u007f\u0085\u2028"))
        .isEqualTo("a\\nb\\r\\tc\\u007f\\u0085\\u2028");
    assertThat(Printable.line("\u00e4 \ud83d\ude00 \\")).isEqualTo("\u00e4 \ud83d\ude00 \\");
  }
}
