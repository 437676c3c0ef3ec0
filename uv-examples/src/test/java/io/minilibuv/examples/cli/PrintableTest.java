// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PrintableTest {
  @Test
  void aMessageWithAPathOfKilobytesHasItsBeginningAndItsEnd() {
    String path = "\ud83d\ude00".repeat(3000);
    String message = Printable.message("open '" + path + "'");
    assertThat(message)
        .startsWith("open '\ud83d\ude00")
        .contains("\ud83d\ude00[...]\ud83d\ude00")
        .endsWith("\ud83d\ude00'");
    assertThat(message.codePointCount(0, message.length())).isLessThan(Printable.LONGEST);
    String whole = "x".repeat(Printable.LONGEST);
    assertThat(Printable.message(whole)).isEqualTo(whole);
  }

  @Test
  void printableIsOneLine() {
    assertThat(Printable.line("a\nb\r\tc\u007f\u0085\u2028"))
        .isEqualTo("a\\nb\\r\\tc\\u007f\\u0085\\u2028");
    assertThat(Printable.line("\u00e4 \ud83d\ude00 \\")).isEqualTo("\u00e4 \ud83d\ude00 \\");
  }

  @Test
  void aByteThatIsNoTextIsToldByItsNumber() {
    assertThat(Printable.line("a\udcffb\udc80")).isEqualTo("a\\xffb\\x80");
    assertThat(Printable.line("\ud83d\udc80")).as("a character").isEqualTo("\ud83d\udc80");
    assertThat(Printable.lineOrBytes("a\udcff\n\u001b")).isEqualTo("a\udcff\\n\\u001b");
  }
}
