// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.minilibuv.core.UvError;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Text, and the bytes that are its name on a disk: UTF-8, whatever the locale is.
 *
 * <p>To Linux a name is bytes, of which not all are UTF-8. A byte that is no part of a character
 * becomes a char that no text has, U+DC80 to U+DCFF, and that char becomes the byte again: what was
 * decoded is encoded as it was (Python's {@code surrogateescape}).
 */
public final class CString {
  /** A byte that is no part of a character is this much more as a char. */
  private static final int ESCAPE = 0xDC00;

  /** The most bytes that one char of a text takes. */
  static final int MAX_BYTES_PER_CHAR = 3;

  private CString() {}

  /**
   * Writes {@code text} and a NUL, for which there must be room: at most {@link
   * #MAX_BYTES_PER_CHAR} for each char, and one.
   *
   * @return how many bytes the text has
   * @throws UnencodableException EINVAL if it has a NUL in it, which would end it there; EILSEQ if
   *     it has half a surrogate pair that stands for no byte
   */
  static long write(String text, MemorySegment to) throws UnencodableException {
    if (isAscii(text)) {
      // The JDK copies that as it is.
      to.setString(0, text);
      return text.length();
    }
    int length = text.length();
    long at = 0;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c != 0 && c < 0x80) {
        put(to, at++, c);
      } else if (c >= 0x80 && c < 0x800) {
        put(to, at++, 0xC0 | (c >> 6));
        put(to, at++, continuation(c));
      } else if (c >= 0x800 && !Character.isSurrogate(c)) {
        put(to, at++, 0xE0 | (c >> 12));
        put(to, at++, continuation(c >> 6));
        put(to, at++, continuation(c));
      } else if (c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF) {
        put(to, at++, c - ESCAPE);
      } else if (startsPair(text, i)) {
        int point = text.codePointAt(i++);
        put(to, at++, 0xF0 | (point >> 18));
        put(to, at++, continuation(point >> 12));
        put(to, at++, continuation(point >> 6));
        put(to, at++, continuation(point));
      } else {
        throw new UnencodableException(text.indexOf('\0') < 0 ? UvError.EILSEQ : UvError.EINVAL);
      }
    }
    put(to, at, 0);
    return at;
  }

  /** Whether {@code text} is of one byte a char, and has no NUL. */
  private static boolean isAscii(String text) {
    int all = 0;
    for (int i = 0; i < text.length(); i++) {
      all |= text.charAt(i);
    }
    return all < 0x80 && text.indexOf('\0') < 0;
  }

  private static boolean startsPair(String text, int i) {
    return Character.isHighSurrogate(text.charAt(i))
        && i + 1 < text.length()
        && Character.isLowSurrogate(text.charAt(i + 1));
  }

  private static void put(MemorySegment to, long at, int value) {
    to.set(ValueLayout.JAVA_BYTE, at, (byte) value);
  }

  private static int continuation(int bits) {
    return 0x80 | (bits & 0x3F);
  }

  /** The text that {@code length} bytes at {@code offset} stand for. */
  public static String read(MemorySegment from, long offset, int length) {
    byte[] bytes = new byte[length];
    MemorySegment.copy(from, ValueLayout.JAVA_BYTE, offset, bytes, 0, length);
    return decode(bytes);
  }

  /** The text that the bytes at {@code from}, which a NUL ends, stand for. */
  public static String read(MemorySegment from) {
    int length = 0;
    while (from.get(ValueLayout.JAVA_BYTE, length) != 0) {
      length++;
    }
    return read(from, 0, length);
  }

  /** The text that {@code bytes} stand for. */
  public static String decode(byte[] bytes) {
    int at = 0;
    while (at < bytes.length && bytes[at] >= 0) {
      at++;
    }
    if (at == bytes.length) {
      return new String(bytes, ISO_8859_1);
    }
    StringBuilder text = new StringBuilder(bytes.length);
    text.append(new String(bytes, 0, at, ISO_8859_1));
    while (at < bytes.length) {
      int size = sizeOfCharacter(bytes, at);
      text.appendCodePoint(size == 0 ? ESCAPE + (bytes[at] & 0xFF) : character(bytes, at, size));
      at += Math.max(size, 1);
    }
    return text.toString();
  }

  private static int character(byte[] bytes, int at, int size) {
    if (size == 1) {
      return bytes[at];
    }
    int point = bytes[at] & (0xFF >> (size + 1));
    for (int i = 1; i < size; i++) {
      point = (point << 6) | (bytes[at + i] & 0x3F);
    }
    return point;
  }

  /**
   * How many bytes the character at {@code at} has; 0 if none begins there: the bytes are not
   * UTF-8, or the long form of what has a shorter one, a surrogate, or beyond Unicode's end.
   */
  private static int sizeOfCharacter(byte[] bytes, int at) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int size = first < 0xC2 || first > 0xF4 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (size == 0 || at + size > bytes.length) {
      return 0;
    }
    for (int i = 1; i < size; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    return switch (first) {
      case 0xE0 -> second >= 0xA0 ? size : 0;
      case 0xED -> second < 0xA0 ? size : 0;
      case 0xF0 -> second >= 0x90 ? size : 0;
      case 0xF4 -> second < 0x90 ? size : 0;
      default -> size;
    };
  }
}
