// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * How many workers the process-wide pool has: {@code UV_THREADPOOL_SIZE} ({@code init_threads},
 * src/threadpool.c).
 *
 * <p>What is not a sensible number is not an error, but some number all the same; which, is decided
 * by how C reads it. All of that is reproduced, so that a setting means the same here and there.
 */
final class ThreadPoolSize {
  /** The name of the system property, and of the environment variable that is read without it. */
  static final String NAME = "UV_THREADPOOL_SIZE";

  /** Without a setting ({@code default_threads}). */
  static final int DEFAULT = 4;

  /** No pool has more workers ({@code MAX_THREADPOOL_SIZE}). */
  static final int MAX = 1024;

  /**
   * C reads the setting into a buffer of this size, end marker included, and ignores a longer one.
   */
  private static final int BUFFER = 16;

  private ThreadPoolSize() {}

  /** What this process is set to. */
  static int ofProcess() {
    return of(System.getProperty(NAME, System.getenv(NAME)));
  }

  /** What {@code setting} means: from 1 to {@link #MAX}. */
  static int of(@Nullable String setting) {
    if (setting == null || setting.getBytes(StandardCharsets.UTF_8).length >= BUFFER) {
      return DEFAULT;
    }
    long unsigned = Integer.toUnsignedLong(atoi(setting));
    return (int) Math.max(1, Math.min(unsigned, MAX));
  }

  /**
   * The number that {@code text} begins with, after blanks and a sign; 0 if there is none ({@code
   * atoi}). One that is too large loses its upper bits.
   */
  private static int atoi(String text) {
    int at = 0;
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || (at < text.length() && text.charAt(at) == '+')) {
      at++;
    }
    int value = 0;
    for (; at < text.length() && isDigit(text.charAt(at)); at++) {
      value = value * 10 + (text.charAt(at) - '0');
    }
    return negative ? -value : value;
  }

  /** {@code isspace} in the C locale. */
  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
