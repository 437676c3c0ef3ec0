// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minilibuv.fs.FsBackend;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The names of files where they come into the program and go out of it: as the bytes that they are.
 *
 * <p>The file calls for Linux have names in UTF-8, whatever the locale is, and a byte that is no
 * part of a character as a char that no text has, U+DC80 to U+DCFF. Those of nio have what the
 * locale makes of a name, and so has this then.
 */
public final class Names {
  /** A byte that is no part of a character is this much more as a char. */
  private static final int ESCAPE = 0xDC00;

  /** The most bytes that one char of a text takes in UTF-8. */
  private static final int MAX_BYTES_PER_CHAR = 3;

  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private static final boolean READ_BY_A_PERSON = Terminal.isStdoutATerminal();

  private Names() {}

  /** Whether they may be any bytes; else they are text in the locale's encoding. */
  private static boolean areBytes() {
    return !FsBackend.system().equals(FsBackend.nio());
  }

  /** Whether a char or code point stands for a byte that is no part of a character. */
  static boolean isByte(int c) {
    return c >= ESCAPE + 0x80 && c <= ESCAPE + 0xFF;
  }

  /** {@code text}, with names in it, in UTF-8 and the names' own bytes. */
  public static byte[] bytes(String text) {
    CharsetEncoder utf8 = UTF_8.newEncoder();
    CharBuffer in = CharBuffer.wrap(text);
    ByteBuffer out = ByteBuffer.allocate(MAX_BYTES_PER_CHAR * text.length());
    while (utf8.encode(in, out, true).isMalformed()) {
      char c = in.get();
      out.put((byte) (isByte(c) ? c - ESCAPE : '?'));
    }
    return Arrays.copyOf(out.array(), out.position());
  }

  /** What {@link #bytes} has made the bytes of. */
  static String decode(byte[] bytes) {
    CharsetDecoder utf8 = UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    while (utf8.decode(in, out, true).isMalformed()) {
      out.put((char) (ESCAPE + (in.get() & 0xFF)));
    }
    return out.flip().toString();
  }

  /** The text of a file with names in it. */
  public static String text(byte[] content) {
    return areBytes() ? decode(content) : new String(content, Terminal.charset("native.encoding"));
  }

  /**
   * A name, or a path, as it may be printed in a line with other things: control characters are
   * told by their escapes. Bytes that are no text are, too, if a person reads it on a terminal; to
   * a program they are what they are.
   */
  public static String inLine(String name) {
    return READ_BY_A_PERSON ? Printable.line(name) : Printable.lineOrBytes(name);
  }

  /** Prints a line with names in it on standard output. */
  public static void println(String line) {
    if (isAscii(line) || !areBytes()) {
      System.out.println(line);
    } else {
      byte[] bytes = bytes(line + System.lineSeparator());
      System.out.write(bytes, 0, bytes.length);
    }
  }

  /**
   * The program's arguments as they were given: Java has them in the locale's encoding, without
   * what that has no characters for.
   */
  public static String[] arguments(String[] fromJava) {
    boolean plain = Arrays.stream(fromJava).allMatch(text -> isAscii(text) && !text.contains("?"));
    if (plain || !areBytes()) {
      return fromJava;
    }
    try {
      return arguments(fromJava, Files.readAllBytes(COMMAND_LINE));
    } catch (IOException e) {
      return fromJava;
    }
  }

  /**
   * Takes them from the end of the process's command line, unless they do not come from there: Java
   * can read them from a file.
   *
   * @param line the words, with a NUL after each
   */
  static String[] arguments(String[] fromJava, byte[] line) {
    String[] words = decode(line).split("\0", -1);
    int end = words.length - 1;
    if (end < fromJava.length) {
      return fromJava;
    }
    String[] given = Arrays.copyOfRange(words, end - fromJava.length, end);
    for (int i = 0; i < given.length; i++) {
      if (isAscii(given[i]) && !given[i].equals(fromJava[i])) {
        return fromJava;
      }
    }
    return given;
  }

  /** One of {@link #arguments} as Java had it, which is how Java gives it to another program. */
  public static String forJava(String argument) {
    return areBytes() ? new String(bytes(argument), Terminal.charset("jnu.encoding")) : argument;
  }

  private static boolean isAscii(String text) {
    return text.chars().allMatch(c -> c < 0x80);
  }
}
