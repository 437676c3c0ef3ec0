// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdnaTest {
  private static String encode(String name) {
    return Idna.toAscii(name, "test");
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com",
    "EXAMPLE.com., EXAMPLE.com.",
    "a..b, a..b",
    "., .",
    "a_b-.-c d, a_b-.-c d",
    "m\u00fcnchen.de, xn--mnchen-3ya.de",
    "m\u00fcnchen\u3002DE\uff0ex\uff61y, xn--mnchen-3ya.DE.x.y",
    "\u4f8b\u3048.jp, xn--r8jz45g.jp",
    "\ud83d\ude00.x, xn--e28h.x",
    // Folded first, where libuv encodes the letters as they are.
    "M\u00dcNCHEN.de, xn--mnchen-3ya.de",
    "stra\u00dfe.de, strasse.de",
  })
  void labelsThatAreNotAsciiAreEncoded(String name, String expected) {
    assertThat(encode(name)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\ud800", "a.\udc00.b", "a\0b", "\u00fc\0", "\u00fc\u202e"})
  void whatIsNoNameIsInvalid(String name) {
    DnsFixture.assertThrows(UvError.EINVAL, () -> encode(name));
  }

  @Test
  void aNameHasAtMost255Letters() {
    String label = "a".repeat(63) + ".";
    String most = label.repeat(3) + "a".repeat(63);
    assertThat(encode(most)).hasSize(255);
    DnsFixture.assertThrows(UvError.EINVAL, () -> encode(most + "."));
    assertThat(encode("a".repeat(255))).hasSize(255);
    DnsFixture.assertThrows(UvError.EINVAL, () -> encode("a".repeat(256)));
    DnsFixture.assertThrows(UvError.EINVAL, () -> encode("\u00fc".repeat(64)));
  }
}
