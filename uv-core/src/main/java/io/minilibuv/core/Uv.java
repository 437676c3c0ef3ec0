// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * What belongs to the library and to no loop: its version, the clocks, and sleeping.
 *
 * <p>Error names and messages are in {@link UvError}. Any thread may call everything here.
 */
@AnyThread
public final class Uv {
  /** {@code UV_VERSION_MAJOR} of the libuv that this port follows. */
  public static final int VERSION_MAJOR = 1;

  /** {@code UV_VERSION_MINOR} of the libuv that this port follows. */
  public static final int VERSION_MINOR = 52;

  /** {@code UV_VERSION_PATCH} of the libuv that this port follows. */
  public static final int VERSION_PATCH = 1;

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  /** The clock of {@link LoopClock#system()}. */
  static final LoopClock SYSTEM_CLOCK = new SystemClock();

  /*
   * System.nanoTime() may be negative, and may wrap. Counted from here it does neither for 292
   * years. The count begins at one second: 0 stays free to mean "not measured".
   */
  private static final long ORIGIN = System.nanoTime() - NANOS_PER_SECOND;

  private Uv() {}

  /** A clock that {@link #clockGettime(ClockId)} can read ({@code uv_clock_id}, include/uv.h). */
  public enum ClockId {
    /** Never goes back; its origin says nothing. The same as {@link Uv#hrtime()}. */
    MONOTONIC,

    /** Counts from 1970-01-01T00:00Z; goes back when the system's clock is set back. */
    REALTIME
  }

  /**
   * A time in seconds and what is left of one ({@code uv_timespec64_t}, include/uv.h).
   *
   * @param nanoseconds 0 to 999,999,999, also when {@code seconds} is negative
   */
  public record Timespec(long seconds, int nanoseconds) {}

  /**
   * A time in seconds and what is left of one ({@code uv_timeval64_t}, include/uv.h).
   *
   * @param microseconds 0 to 999,999, also when {@code seconds} is negative
   */
  public record Timeval(long seconds, int microseconds) {}

  private static final class SystemClock implements LoopClock {
    @Override
    public long nanoTime() {
      return hrtime();
    }

    @Override
    public String toString() {
      return "LoopClock.system()";
    }
  }

  /**
   * The libuv version whose behaviour this port follows, packed into one number ({@code
   * uv_version}, src/version.c): major in bits 16 and up, minor in bits 8 to 15, patch in bits 0 to
   * 7. It is not the version of this port.
   */
  public static int version() {
    return VERSION_MAJOR << 16 | VERSION_MINOR << 8 | VERSION_PATCH;
  }

  /** The libuv version whose behaviour this port follows ({@code uv_version_string}). */
  public static String versionString() {
    return VERSION_MAJOR + "." + VERSION_MINOR + "." + VERSION_PATCH;
  }

  /**
   * Nanoseconds that never go back ({@code uv_hrtime}, src/unix/core.c).
   *
   * <p>Only differences mean something. The origin is arbitrary, but the same for all threads.
   *
   * <p>Differs from C: the origin belongs to this process, so that another process's readings
   * cannot be compared with these. They are positive.
   */
  public static long hrtime() {
    return System.nanoTime() - ORIGIN;
  }

  /**
   * Reads a clock ({@code uv_clock_gettime}, src/unix/core.c).
   *
   * <p>Differs from C: the time is returned, so there is no pointer that could be null (EFAULT).
   */
  public static Timespec clockGettime(ClockId clock) {
    Objects.requireNonNull(clock, "clock");
    return switch (clock) {
      case MONOTONIC -> {
        long now = hrtime();
        yield new Timespec(now / NANOS_PER_SECOND, (int) (now % NANOS_PER_SECOND));
      }
      case REALTIME -> {
        Instant now = Instant.now();
        yield new Timespec(now.getEpochSecond(), now.getNano());
      }
    };
  }

  /**
   * Reads the clock with this number ({@code uv_clock_gettime}, src/unix/core.c), for programs that
   * get the number from elsewhere: 0 is {@link ClockId#MONOTONIC}, 1 is {@link ClockId#REALTIME}.
   *
   * @throws UvException EINVAL if there is no such clock
   */
  public static Timespec clockGettime(int clock) {
    return switch (clock) {
      case 0 -> clockGettime(ClockId.MONOTONIC);
      case 1 -> clockGettime(ClockId.REALTIME);
      default -> throw UvError.EINVAL.exception("uv_clock_gettime");
    };
  }

  /**
   * The time of day, counted from 1970-01-01T00:00Z ({@code uv_gettimeofday}, src/unix/core.c).
   *
   * <p>Differs from C: the time is returned, so there is no pointer that could be null (EINVAL).
   */
  public static Timeval gettimeofday() {
    Instant now = Instant.now();
    return new Timeval(now.getEpochSecond(), now.getNano() / 1000);
  }

  /**
   * Blocks the calling thread for {@code millis} milliseconds, never for less ({@code uv_sleep},
   * src/unix/core.c). On a loop's thread it blocks the loop: a program wants a timer there.
   *
   * <p>As a signal in C, an interrupt does not end it early; the thread's interrupt status is set
   * again when it returns.
   *
   * @throws IllegalArgumentException if {@code millis} is negative
   */
  public static void sleep(long millis) {
    if (millis < 0) {
      throw new IllegalArgumentException("cannot sleep for " + millis + " ms");
    }
    long total = TimeUnit.MILLISECONDS.toNanos(millis);
    long start = System.nanoTime();
    boolean interrupted = false;
    for (long left = total; left > 0; left = total - (System.nanoTime() - start)) {
      // A thread whose interrupt status is set does not park, and would spin here.
      interrupted |= Thread.interrupted();
      LockSupport.parkNanos(left);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
