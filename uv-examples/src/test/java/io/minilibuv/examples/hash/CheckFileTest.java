// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.cli.Failures;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckFileTest {
  private static final String HEX = "0123456789abcdef".repeat(4);

  private final Failures failures = new Failures();

  @Test
  void findsTheChecksumsInTheirOrder() {
    assertThat(parse("# sums\n" + HEX + "  b\n\n" + HEX + "  a"))
        .extracting(ChecksumLine::path)
        .containsExactly("b", "a");
    assertThat(failures.lines()).isEmpty();
  }

  @Test
  void linesMayEndInBothCharacters() {
    assertThat(parse(HEX + "  a\r\n\r\n" + HEX + "  b\r\n"))
        .extracting(ChecksumLine::path)
        .containsExactly("a", "b");
    assertThat(failures.lines()).isEmpty();
  }

  @Test
  void whatIsNoChecksumIsToldWithItsNumber() {
    assertThat(parse("#\nx\n" + HEX + "  a\n \n" + HEX + "\n"))
        .extracting(ChecksumLine::path)
        .containsExactly("a");
    assertThat(failures.lines())
        .containsExactly(
            "sums:2: this is no SHA-256 and a path",
            "sums:4: this is no SHA-256 and a path",
            "sums:5: this is no SHA-256 and a path");
  }

  @Test
  void nothingIsNoFailure() {
    assertThat(parse("")).isEmpty();
    assertThat(failures.lines()).isEmpty();
  }

  private List<ChecksumLine> parse(String content) {
    return CheckFile.parse("sums", content.getBytes(US_ASCII), failures);
  }
}
