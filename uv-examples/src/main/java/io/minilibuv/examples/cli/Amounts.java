// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import java.util.Locale;

/** Amounts as people read them. The same in every locale, so that scripts can read them too. */
public final class Amounts {
  private static final String[] UNITS = {"KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};

  private Amounts() {}

  /** {@code 10 B}, {@code 312.4 MiB}. */
  public static String bytes(long bytes) {
    if (bytes < 1024) {
      return bytes + " B";
    }
    double amount = bytes / 1024.0;
    int unit = 0;
    // What would be rounded to 1024.0 is 1.0 of the next unit.
    while (amount >= 1023.95) {
      amount /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %s", amount, UNITS[unit]);
  }

  /** {@code 135.2 MiB/s}; of a time too short to be measured, as if it had been a millisecond. */
  public static String rate(long bytes, long millis) {
    return bytes(perSecond(bytes, millis)) + "/s";
  }

  /** So much in so many milliseconds, by the second; as in {@link #rate}. */
  static long perSecond(long amount, long millis) {
    return (long) (amount * 1000.0 / Math.max(1, millis));
  }

  /** {@code 2.31 s}, {@code 3 min 05 s}, {@code 2 h 01 min}. */
  public static String duration(long millis) {
    if (millis < 59_995) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1000.0);
    }
    long seconds = (millis + 500) / 1000;
    return seconds < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", seconds / 60, seconds % 60)
        : String.format(Locale.ROOT, "%d h %02d min", seconds / 3600, seconds / 60 % 60);
  }

  /** {@code 1 link}, {@code 5,003 files}. */
  public static String count(long count, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : many);
  }

  /** Of nanoseconds: {@code 850 ns}, {@code 12.3 us}, {@code 4.56 ms}, {@code 1.20 s}. */
  public static String shortTime(long nanos) {
    if (nanos < 1000) {
      return nanos + " ns";
    }
    // What would be rounded to 1000.0 is 1.0 of the next unit.
    if (nanos < 999_950) {
      return String.format(Locale.ROOT, "%.1f us", nanos / 1e3);
    }
    return nanos < 999_995_000
        ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
        : duration(nanos / 1_000_000);
  }
}
