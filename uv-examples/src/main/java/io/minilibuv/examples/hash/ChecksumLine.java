// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A line as {@code sha256sum} writes it: {@code HEX, two spaces, PATH}. A path with a newline, a
 * carriage return or a backslash in it is written with escapes, and the line begins with a
 * backslash then.
 *
 * @param hex 64 digits, in small letters
 * @param path {@code -} is standard input
 */
record ChecksumLine(String hex, String path) {
  /** The second space is a star where the file was read as binary, which is no difference. */
  private static final Pattern PLAIN =
      Pattern.compile("\\s*(\\\\?)(?<hex>[0-9a-fA-F]{64}) [ *]?(?<path>.+)", Pattern.DOTALL);

  /** What {@code sha256sum --tag} writes, and BSD's programs. */
  private static final Pattern TAGGED =
      Pattern.compile(
          "\\s*(\\\\?)SHA256 \\((?<path>.+)\\) = (?<hex>[0-9a-fA-F]{64})", Pattern.DOTALL);

  /**
   * Reads a line.
   *
   * @param line without what ends it
   * @return null if it is none of these
   */
  static @Nullable ChecksumLine parse(String line) {
    Matcher matcher = PLAIN.matcher(line);
    if (!matcher.matches()) {
      matcher = TAGGED.matcher(line);
      if (!matcher.matches()) {
        return null;
      }
    }
    String path = matcher.group("path");
    if (!matcher.group(1).isEmpty()) {
      path = unescaped(path);
    }
    return path == null || path.indexOf('\0') >= 0
        ? null
        : new ChecksumLine(matcher.group("hex").toLowerCase(Locale.ROOT), path);
  }

  /** The line, without what ends it. */
  @Override
  public String toString() {
    String escaped = escaped(path);
    return (escaped.equals(path) ? "" : "\\") + hex + "  " + escaped;
  }

  /**
   * What was found about the path, as {@code sha256sum --check} says it. There, only a newline is
   * reason enough for escapes.
   */
  String verdict(String verdict) {
    return (path.contains("\n") ? "\\" + escaped(path) : path) + ": " + verdict;
  }

  private static String escaped(String path) {
    return path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
  }

  /** Null if there is a backslash before anything else than what {@link #escaped} puts there. */
  private static @Nullable String unescaped(String text) {
    StringBuilder path = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\') {
        i++;
        switch (i < text.length() ? text.charAt(i) : ' ') {
          case '\\' -> path.append('\\');
          case 'n' -> path.append('\n');
          case 'r' -> path.append('\r');
          default -> {
            return null;
          }
        }
      } else {
        path.append(c);
      }
    }
    return path.toString();
  }
}
