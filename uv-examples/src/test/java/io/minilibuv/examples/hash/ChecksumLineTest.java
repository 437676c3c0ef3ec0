// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChecksumLineTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a",
        "a b",
        " ",
        "  a",
        "*a",
        "-",
        "dir/\u00e4\ud83d\ude00",
        "a\nb",
        "a\\b",
        "a\\nb",
        "a\rb",
        "\n",
        "\\",
        "SHA256 (x) = y",
        "tab\t",
        "\u001b[31m"
      })
  void readsWhatItWrites(String path) {
    ChecksumLine line = new ChecksumLine(HEX, path);
    assertThat(line.toString()).doesNotContain("\n").doesNotContain("\r");
    assertThat(ChecksumLine.parse(line.toString())).isEqualTo(line);
  }

  @Test
  void writesAsSha256sumDoes() {
    assertThat(new ChecksumLine(HEX, "dir/a b")).hasToString(HEX + "  dir/a b");
    assertThat(new ChecksumLine(HEX, "a\nb")).hasToString("\\" + HEX + "  a\\nb");
    assertThat(new ChecksumLine(HEX, "a\\b\r")).hasToString("\\" + HEX + "  a\\\\b\\r");
  }

  @Test
  void readsAllThatSha256sumReads() {
    ChecksumLine a = new ChecksumLine(HEX, "a");
    assertThat(ChecksumLine.parse(HEX + " *a")).isEqualTo(a);
    assertThat(ChecksumLine.parse(HEX + " a")).isEqualTo(a);
    assertThat(ChecksumLine.parse("  " + HEX.toUpperCase(Locale.ROOT) + "  a")).isEqualTo(a);
    assertThat(ChecksumLine.parse("SHA256 (a) = " + HEX)).isEqualTo(a);
    assertThat(ChecksumLine.parse("\\SHA256 (a\\nb) = " + HEX).path()).isEqualTo("a\nb");
    assertThat(ChecksumLine.parse("SHA256 (a) = (b) = " + HEX).path()).isEqualTo("a) = (b");
    assertThat(ChecksumLine.parse(HEX + "  back\\slash").path())
        .as("no escapes without a backslash at the beginning")
        .isEqualTo("back\\slash");
  }

  @Test
  void whatIsNoneOfTheseIsNothing() {
    for (String line :
        new String[] {
          "",
          "a",
          HEX,
          HEX + " ",
          HEX + "a",
          HEX.substring(1) + "  a",
          HEX + "0  a",
          HEX.replace('0', 'g') + "  a",
          "\\" + HEX + "  a\\",
          "\\" + HEX + "  a\\x",
          HEX + "  a\0b",
          "MD5 (a) = " + HEX,
          "SHA256 () = " + HEX,
          "SHA256 (a) = " + HEX.substring(1),
          "d41d8cd98f00b204e9800998ecf8427e  md5"
        }) {
      assertThat(ChecksumLine.parse(line)).as(line).isNull();
    }
  }

  @Test
  void aVerdictHasEscapesOnlyForANewline() {
    assertThat(new ChecksumLine(HEX, "a\\b").verdict("OK")).isEqualTo("a\\b: OK");
    assertThat(new ChecksumLine(HEX, "a\n\\b").verdict("FAILED")).isEqualTo("\\a\\n\\\\b: FAILED");
  }
}
