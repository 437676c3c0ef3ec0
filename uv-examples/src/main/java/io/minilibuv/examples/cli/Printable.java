// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import java.util.HexFormat;

/** Text that anybody may have chosen, such as a file's name, made fit for a terminal. */
public final class Printable {
  /** A message that is longer has its middle left out. */
  static final int LONGEST = 600;

  private Printable() {}

  /**
   * {@code text} with control characters told by their escapes, so that it stays one line, and so
   * the bytes of {@link Names} that are no text.
   */
  public static String line(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> appendPrintable(line, c));
    return line.toString();
  }

  /** The same, for a program to read: the bytes are left to {@link Names#bytes}. */
  static String lineOrBytes(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            c -> {
              if (Names.isByte(c)) {
                line.append((char) c);
              } else {
                appendPrintable(line, c);
              }
            });
    return line.toString();
  }

  /**
   * {@code text} as a line that a person reads: of one that a path of kilobytes is in, only the
   * beginning and the end.
   */
  static String message(String text) {
    String line = line(text);
    int length = line.codePointCount(0, line.length());
    if (length <= LONGEST) {
      return line;
    }
    int head = line.offsetByCodePoints(0, LONGEST / 2);
    int tail = line.offsetByCodePoints(line.length(), -LONGEST / 4);
    return line.substring(0, head) + "[...]" + line.substring(tail);
  }

  private static void appendPrintable(StringBuilder line, int c) {
    int type = Character.getType(c);
    switch (c) {
      case '\n' -> line.append("\\n");
      case '\r' -> line.append("\\r");
      case '\t' -> line.append("\\t");
      default -> {
        if (Names.isByte(c)) {
          line.append("\\x").append(HexFormat.of().toHexDigits((byte) c));
        } else if (type == Character.CONTROL
            || type == Character.LINE_SEPARATOR
            || type == Character.PARAGRAPH_SEPARATOR) {
          line.append("\\u").append(HexFormat.of().toHexDigits((char) c));
        } else {
          line.appendCodePoint(c);
        }
      }
    }
  }
}
