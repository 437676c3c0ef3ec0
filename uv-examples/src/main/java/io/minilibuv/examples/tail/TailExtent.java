// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How much of a file is to be written: {@code -n} and {@code -c}.
 *
 * @param lines whether lines are counted, and not bytes
 * @param fromStart whether counted from the start, so that {@code count} are left out; else the
 *     last are written
 * @param count how many
 */
record TailExtent(boolean lines, boolean fromStart, long count) {
  private static final Pattern NUMBER = Pattern.compile("(\\+?)([0-9]{1,18})");

  /** Reads {@code 10}, the last ten, or {@code +10}, from the tenth on; null if it is neither. */
  static @Nullable TailExtent parse(boolean lines, String text) {
    Matcher number = NUMBER.matcher(text);
    if (!number.matches()) {
      return null;
    }
    long count = Long.parseLong(number.group(2));
    boolean fromStart = !number.group(1).isEmpty();
    return new TailExtent(lines, fromStart, fromStart ? Math.max(0, count - 1) : count);
  }

  /** Makes what decides as the bytes come, from the file's start on. */
  Cut cut() {
    return fromStart ? new SkipFirst(lines, count) : new KeepLast(lines, count);
  }
}
