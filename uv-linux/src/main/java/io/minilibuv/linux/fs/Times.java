// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.minilibuv.core.Uv;
import io.minilibuv.fs.FsTime;
import java.lang.foreign.MemorySegment;

/** Two {@code struct timespec}, as {@code utimensat} takes them: when read, and when changed. */
final class Times {
  private static final long UTIME_NOW = (1L << 30) - 1;
  private static final long UTIME_OMIT = (1L << 30) - 2;
  private static final int NANOS = 1_000_000_000;
  private static final int SIZE = 16;

  private Times() {}

  /** Whether {@code time} is one that can be asked for. */
  static boolean isTime(Uv.Timespec time) {
    return (time.nanoseconds() >= 0 && time.nanoseconds() < NANOS)
        || time.equals(FsTime.NOW)
        || time.equals(FsTime.OMIT);
  }

  static MemorySegment write(Uv.Timespec atime, Uv.Timespec mtime, MemorySegment to) {
    write(atime, to, 0);
    write(mtime, to, SIZE);
    return to;
  }

  private static void write(Uv.Timespec time, MemorySegment to, long at) {
    to.set(JAVA_LONG, at, time.seconds());
    to.set(JAVA_LONG, at + Long.BYTES, nanoseconds(time));
  }

  private static long nanoseconds(Uv.Timespec time) {
    if (time.equals(FsTime.NOW)) {
      return UTIME_NOW;
    }
    return time.equals(FsTime.OMIT) ? UTIME_OMIT : time.nanoseconds();
  }
}
