// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Uv;

/**
 * What stands for no time of its own where times are set: {@code UTIME_NOW} and {@code UTIME_OMIT}
 * of {@code utimensat}, told by nanoseconds that no time has.
 */
@AnyThread
public final class FsTime {
  /** The time at which it is set. */
  public static final Uv.Timespec NOW = new Uv.Timespec(0, -1);

  /** The time stays what it is. */
  public static final Uv.Timespec OMIT = new Uv.Timespec(0, -2);

  private static final int NANOS = 1_000_000_000;

  private FsTime() {}

  /**
   * The time that a number of seconds stands for ({@code uv__fs_to_timespec}, src/unix/fs.c): an
   * infinity is {@link #NOW}, what is not a number is {@link #OMIT}.
   */
  static Uv.Timespec ofSeconds(double seconds) {
    if (Double.isNaN(seconds)) {
      return OMIT;
    }
    if (Double.isInfinite(seconds)) {
      return NOW;
    }
    double whole = Math.floor(seconds);
    int nanos = (int) ((seconds - whole) * NANOS);
    return new Uv.Timespec((long) whole, Math.min(nanos, NANOS - 1));
  }
}
