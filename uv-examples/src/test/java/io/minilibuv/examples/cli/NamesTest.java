// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Names between bytes and text. That whole programs do so is for {@code NamesOfBytesTest}. */
class NamesTest {
  @Test
  void textIsUtf8() {
    String text = "a/\u00e4 \u65e5 \ud83d\ude00 \ud83d\udc80\n";
    assertThat(Names.bytes(text)).isEqualTo(text.getBytes(UTF_8));
    assertThat(Names.decode(text.getBytes(UTF_8))).isEqualTo(text);
    assertThat(Names.bytes("")).isEmpty();
    assertThat(Names.decode(new byte[0])).isEmpty();
  }

  @Test
  void aByteThatIsNoCharacterIsOneChar() {
    assertThat(Names.decode(bytes("a\u00ffb"))).isEqualTo("a\udcffb");
    assertThat(Names.decode(bytes("\u00e2\u0082x\u00c3"))).isEqualTo("\udce2\udc82x\udcc3");
    // The long form of a slash, and half of a surrogate pair.
    assertThat(Names.decode(bytes("\u00c0\u00af"))).isEqualTo("\udcc0\udcaf");
    assertThat(Names.decode(bytes("\u00ed\u00a0\u0080"))).isEqualTo("\udced\udca0\udc80");
    assertThat(Names.bytes("a\udcffb\udc80")).isEqualTo(bytes("a\u00ffb\u0080"));
  }

  @Test
  void whatStandsForNothingIsAQuestionMark() {
    assertThat(Names.bytes("\ud83da \udc7f\udd00 \ud83d")).isEqualTo(bytes("?a ?? ?"));
  }

  @Test
  void anyBytesComeBack() {
    SplittableRandom random = new SplittableRandom(7);
    byte[] parts = bytes("a\u00c2\u00df\u00e0\u00ed\u00ef\u00f0\u00f4\u0080\u008f\u0090\u00a0");
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = new byte[random.nextInt(8)];
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = parts[random.nextInt(parts.length)];
      }
      assertThat(Names.bytes(Names.decode(bytes))).isEqualTo(bytes);
    }
  }

  @Test
  void argumentsAreTheEndOfTheCommandLine() {
    byte[] line = bytes("java\0-m\0Uv\0hash\0\0a?\0b\u00ff\0");
    assertThat(Names.arguments(new String[] {"hash", "", "a?", "b\ufffd"}, line))
        .containsExactly("hash", "", "a?", "b\udcff");
  }

  @Test
  void argumentsFromElsewhereStayAsTheyAre() {
    String[] arguments = {"hash", "b\ufffd"};
    assertThat(Names.arguments(arguments, bytes("java\0@file\0"))).isSameAs(arguments);
    assertThat(Names.arguments(arguments, bytes("@\u00ff\0"))).isSameAs(arguments);
    assertThat(Names.arguments(arguments, new byte[0])).isSameAs(arguments);
  }

  /** A letter for each byte. */
  private static byte[] bytes(String letters) {
    return letters.getBytes(ISO_8859_1);
  }
}
