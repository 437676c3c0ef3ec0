// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arrays;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import io.minilibuv.core.UvError;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

/** Names are bytes, and none is lost on the way through Java. */
class CStringTest {

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }

  private static byte[] encoded(String text) throws UnencodableException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment to =
          arena.allocate((long) text.length() * CString.MAX_BYTES_PER_CHAR + 1).fill((byte) 1);
      long length = CString.write(text, to);
      assertThat(to.get(ValueLayout.JAVA_BYTE, length)).isZero();
      return to.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }
  }

  private static byte[] encodedOrFail(String text) {
    try {
      return encoded(text);
    } catch (UnencodableException e) {
      throw new AssertionError(text, e);
    }
  }

  /** Bytes of all kinds, the beginnings of characters and what follows in them among the others. */
  private static Gen<Byte> anyByte() {
    Gen<Integer> all = integers().between(1, 255);
    Gen<Integer> odd =
        integers()
            .between(0, 11)
            .map(
                i ->
                    List.of(0xC2, 0xDF, 0xE0, 0xED, 0xEF, 0xF0, 0xF4, 0x80, 0x8F, 0x90, 0x9F, 0xA0)
                        .get(i));
    return all.mix(odd, 70).map(i -> (byte) (int) i);
  }

  @Test
  void anyBytesComeBack() {
    qt().withExamples(100_000)
        .forAll(arrays().ofClass(anyByte(), Byte.class).withLengthBetween(0, 12))
        .checkAssert(
            boxed -> {
              byte[] bytes = new byte[boxed.length];
              for (int i = 0; i < bytes.length; i++) {
                bytes[i] = boxed[i];
              }
              assertThat(encodedOrFail(CString.decode(bytes))).isEqualTo(bytes);
            });
  }

  /** Any character but NUL, those of few bytes as often as those of many. */
  private static Gen<String> anyCharacter() {
    return integers()
        .between(1, 0x7F)
        .mix(integers().between(0x80, 0x7FF))
        .mix(integers().between(0x800, 0xD7FF))
        .mix(integers().between(0xE000, Character.MAX_CODE_POINT))
        .map(point -> Character.toString(point));
  }

  @Test
  void textIsAsTheJdkHasIt() {
    qt().withExamples(20_000)
        .forAll(lists().of(anyCharacter()).ofSizeBetween(0, 30))
        .checkAssert(
            characters -> {
              String text = String.join("", characters);
              assertThat(encodedOrFail(text)).isEqualTo(text.getBytes(UTF_8));
              assertThat(CString.decode(text.getBytes(UTF_8))).isEqualTo(text);
            });
  }

  @Test
  void everyCharacterIsAsTheJdkHasIt() {
    List<Integer> different = new ArrayList<>();
    for (int point = 1; point <= Character.MAX_CODE_POINT; point++) {
      String text = Character.toString(point);
      boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      if (!surrogate && !CString.decode(encodedOrFail(text)).equals(text)) {
        different.add(point);
      }
      if (!surrogate && !Arrays.equals(encodedOrFail(text), text.getBytes(UTF_8))) {
        different.add(point);
      }
    }
    assertThat(different).isEmpty();
  }

  @Test
  void aByteThatIsNoCharacterIsOneChar() {
    assertThat(CString.decode(bytes('a', 0xFF, 'b'))).isEqualTo("a\uDCFFb");
    assertThat(CString.decode(bytes(0xC3))).isEqualTo("\uDCC3");
    assertThat(CString.decode(bytes(0xC3, 0xA4))).isEqualTo("\u00E4");
    assertThat(CString.decode(bytes(0xE2, 0x82, 'x'))).isEqualTo("\uDCE2\uDC82x");
    // The long form of a slash, and half of a surrogate pair: UTF-8 has neither.
    assertThat(CString.decode(bytes(0xC0, 0xAF))).isEqualTo("\uDCC0\uDCAF");
    assertThat(CString.decode(bytes(0xED, 0xA0, 0x80))).isEqualTo("\uDCED\uDCA0\uDC80");
    assertThat(CString.decode(bytes(0xF4, 0x90, 0x80, 0x80))).isEqualTo("\uDCF4\uDC90\uDC80\uDC80");
  }

  @Test
  void whatStandsForNoByteIsRefused() {
    for (String text : List.of("\uD800", "a\uD800b", "\uD83D", "\uDC00", "\uDC7F", "\uDD00")) {
      assertThat(refusal(text)).as(text).isEqualTo(UvError.EILSEQ.code());
    }
    for (String text : List.of("\0", "a\0", "\0\uD800", "\uD800\0")) {
      assertThat(refusal(text)).as(text).isEqualTo(UvError.EINVAL.code());
    }
  }

  private static int refusal(String text) {
    return catchThrowableOfType(UnencodableException.class, () -> encoded(text)).code();
  }
}
