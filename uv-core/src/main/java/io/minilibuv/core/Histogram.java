// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How a lot of values are distributed, at one moment: nanoseconds, or other numbers that are not
 * negative. Immutable.
 *
 * <p>Values below 16 are counted each by itself. Above, the values between two powers of two share
 * eight buckets of the same width, so that no bucket is wider than an eighth of its smallest value:
 * whatever is told of a value is wrong by 12.5 % at most. {@link #count()}, {@link #min()}, {@link
 * #max()} and {@link #total()} are exact.
 *
 * <p>It does not know when a value came, and forgets none: to learn about the last minute, compare
 * two.
 */
@AnyThread
public final class Histogram {

  /** The histogram of no values. */
  public static final Histogram EMPTY = new Recorder().snapshot();

  /**
   * Values that are counted together.
   *
   * @param from the smallest that belongs here
   * @param to the largest that belongs here
   * @param count how many there were
   */
  public record Bucket(long from, long to, long count) {}

  /**
   * Counts values. It allocates nothing after its making.
   *
   * <p>Not thread-safe: whoever owns it keeps recording and snapshots apart. A snapshot that is
   * taken while another thread records makes no sense, but does no harm either, so that it can be
   * thrown away.
   */
  public static final class Recorder {
    private final long[] counts = new long[BUCKETS];
    private long count;
    private long total;
    private long min = Long.MAX_VALUE;
    private long max;

    /** Makes a recorder that has seen nothing. */
    public Recorder() {}

    /** Counts {@code value}; one below 0 counts as 0. */
    public void record(long value) {
      long counted = Math.max(0, value);
      counts[indexOf(counted)]++;
      count++;
      long sum = total + counted;
      total = sum < 0 ? Long.MAX_VALUE : sum;
      if (counted < min) {
        min = counted;
      }
      if (counted > max) {
        max = counted;
      }
    }

    /** What has been counted so far. */
    public Histogram snapshot() {
      return new Histogram(this);
    }
  }

  /** A power of two is divided into 1 &lt;&lt; FINENESS buckets. */
  private static final int FINENESS = 3;

  private static final int PARTS = 1 << FINENESS;
  private static final int BUCKETS = (Long.SIZE - FINENESS) * PARTS;

  private final long[] counts;
  private final long count;
  private final long total;
  private final long min;
  private final long max;

  private Histogram(Recorder recorder) {
    counts = recorder.counts.clone();
    count = recorder.count;
    total = recorder.total;
    min = count == 0 ? 0 : recorder.min;
    max = recorder.max;
  }

  /** How many values were counted. */
  public long count() {
    return count;
  }

  /** The smallest value; 0 if there was none. */
  public long min() {
    return min;
  }

  /** The largest value; 0 if there was none. */
  public long max() {
    return max;
  }

  /** The sum of all values; if that is more than a long can hold, {@link Long#MAX_VALUE}. */
  public long total() {
    return total;
  }

  /** {@link #total()} divided by {@link #count()}; 0 if there was no value. */
  public double mean() {
    return count == 0 ? 0 : (double) total / count;
  }

  /**
   * A bound that {@code percentile} of a hundred values do not exceed: the largest value of the
   * bucket that the one at that place belongs to when all are sorted, and never more than {@link
   * #max()}.
   *
   * @param percentile from 0, for the smallest value, to 100; 50 is the median
   * @return 0 if there was no value
   * @throws IllegalArgumentException if {@code percentile} is not between 0 and 100
   */
  public long valueAtPercentile(double percentile) {
    if (!(percentile >= 0 && percentile <= 100)) {
      throw new IllegalArgumentException("not between 0 and 100: " + percentile);
    }
    long rank = Math.max(1, (long) Math.ceil(percentile * count / 100));
    long seen = 0;
    for (int i = 0; i < counts.length; i++) {
      seen += counts[i];
      if (seen >= rank) {
        return Math.min(lastOf(i), max);
      }
    }
    return max;
  }

  /** The buckets that have counted something, the smallest values first. */
  public List<Bucket> buckets() {
    List<Bucket> found = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] != 0) {
        found.add(new Bucket(firstOf(i), lastOf(i), counts[i]));
      }
    }
    return List.copyOf(found);
  }

  /** The numbers that one asks for first: {@code count 3, mean 20.0, p50 20, p99 30, max 30}. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "count %d, mean %.1f, p50 %d, p99 %d, max %d",
        count,
        mean(),
        valueAtPercentile(50),
        valueAtPercentile(99),
        max);
  }

  /**
   * Which bucket {@code value} belongs to: which power of two it has reached, and which part of the
   * way to the next; the first bits of the number say both.
   */
  private static int indexOf(long value) {
    if (value < PARTS) {
      return (int) value;
    }
    int shift = Long.SIZE - 1 - FINENESS - Long.numberOfLeadingZeros(value);
    return shift * PARTS + (int) (value >>> shift);
  }

  private static long firstOf(int index) {
    if (index < PARTS) {
      return index;
    }
    int shift = index / PARTS - 1;
    return (long) (PARTS + index % PARTS) << shift;
  }

  private static long lastOf(int index) {
    return index == BUCKETS - 1 ? Long.MAX_VALUE : firstOf(index + 1) - 1;
  }
}
