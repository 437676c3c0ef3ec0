// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.minilibuv.core.Histogram.Bucket;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Histograms, held against the sorted values themselves. */
class HistogramTest {

  private static Histogram of(long... values) {
    Histogram.Recorder recorder = new Histogram.Recorder();
    LongStream.of(values).forEach(recorder::record);
    return recorder.snapshot();
  }

  @Test
  void noValuesGiveZeros() {
    assertThat(of()).hasToString("count 0, mean 0.0, p50 0, p99 0, max 0");
    assertThat(Histogram.EMPTY.count()).isZero();
    assertThat(Histogram.EMPTY.min()).isZero();
    assertThat(Histogram.EMPTY.max()).isZero();
    assertThat(Histogram.EMPTY.total()).isZero();
    assertThat(Histogram.EMPTY.mean()).isZero();
    assertThat(Histogram.EMPTY.valueAtPercentile(100)).isZero();
    assertThat(Histogram.EMPTY.buckets()).isEmpty();
  }

  @Test
  void smallValuesAreExact() {
    Histogram histogram = of(LongStream.range(0, 16).toArray());
    assertThat(histogram.buckets()).hasSize(16).allMatch(b -> b.from() == b.to() && b.count() == 1);
    assertThat(histogram.valueAtPercentile(0)).isZero();
    assertThat(histogram.valueAtPercentile(50)).isEqualTo(7);
    assertThat(histogram.valueAtPercentile(100)).isEqualTo(15);
  }

  @Test
  void itTellsItsNumbers() {
    assertThat(of(10, 20, 30)).hasToString("count 3, mean 20.0, p50 21, p99 30, max 30");
  }

  @Test
  void aValueBelowZeroCountsAsZero() {
    Histogram histogram = of(-1, Long.MIN_VALUE);
    assertThat(histogram.buckets()).containsExactly(new Bucket(0, 0, 2));
    assertThat(histogram.min()).isZero();
    assertThat(histogram.total()).isZero();
  }

  @Test
  void theLargestValuesHaveABucket() {
    Histogram histogram = of(Long.MAX_VALUE, Long.MAX_VALUE - 1, 1);
    assertThat(histogram.buckets())
        .containsExactly(
            new Bucket(1, 1, 1), new Bucket(0x7800_0000_0000_0000L, Long.MAX_VALUE, 2));
    assertThat(histogram.total()).isEqualTo(Long.MAX_VALUE);
    assertThat(histogram.max()).isEqualTo(Long.MAX_VALUE);
    assertThat(histogram.valueAtPercentile(100)).isEqualTo(Long.MAX_VALUE);
  }

  /** Around every power of two, a value is in one bucket, which is as narrow as promised. */
  @Test
  void everyValueIsInABucketThatIsNarrow() {
    for (int power = 0; power < 63; power++) {
      for (long value = (1L << power) - 1; value <= (1L << power) + 1; value++) {
        Bucket bucket = of(value).buckets().get(0);
        assertThat(value).isBetween(bucket.from(), bucket.to());
        assertThat(bucket.to() - bucket.from()).isLessThanOrEqualTo(bucket.from() / 8);
      }
    }
  }

  @Test
  void theBucketsLieSideBySide() {
    long from = 0;
    for (int i = 0; i < 488; i++) {
      Bucket bucket = of(from).buckets().get(0);
      assertThat(bucket.from()).isEqualTo(from);
      assertThat(of(bucket.to()).buckets()).containsExactly(bucket);
      from = bucket.to() + 1;
    }
    assertThat(from).as("one past the last").isEqualTo(Long.MIN_VALUE);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void itAgreesWithTheSortedValues(long seed) {
    Random random = new Random(seed);
    long[] values = new long[1 + random.nextInt(3000)];
    // All sizes, and not only the largest, which an even distribution would give.
    Arrays.setAll(values, i -> random.nextLong() >>> (8 + random.nextInt(55)));
    Histogram histogram = of(values);
    Arrays.sort(values);
    assertThat(histogram.count()).isEqualTo(values.length);
    assertThat(histogram.min()).isEqualTo(values[0]);
    assertThat(histogram.max()).isEqualTo(values[values.length - 1]);
    assertThat(histogram.total()).isEqualTo(LongStream.of(values).sum());
    assertThat(histogram.mean())
        .isCloseTo(LongStream.of(values).average().orElseThrow(), within(1.0));
    for (int percent = 0; percent <= 100; percent++) {
      int rank = Math.max(1, (percent * values.length + 99) / 100);
      long exact = values[rank - 1];
      assertThat(histogram.valueAtPercentile(percent))
          .isBetween(exact, exact + exact / 8)
          .isLessThanOrEqualTo(histogram.max());
    }
    assertThat(histogram.buckets()).isSortedAccordingTo((a, b) -> Long.compare(a.to(), b.from()));
    for (Bucket bucket : histogram.buckets()) {
      assertThat(bucket.count())
          .isPositive()
          .isEqualTo(
              LongStream.of(values).filter(v -> bucket.from() <= v && v <= bucket.to()).count());
    }
  }

  @Test
  void aSnapshotStaysAsItWas() {
    Histogram.Recorder recorder = new Histogram.Recorder();
    recorder.record(5);
    Histogram before = recorder.snapshot();
    recorder.record(7);
    assertThat(before.buckets()).isEqualTo(List.of(new Bucket(5, 5, 1)));
    assertThat(before.max()).isEqualTo(5);
    assertThat(recorder.snapshot().count()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {-0.1, 100.1, Double.NaN})
  void aPercentileIsBetween0And100(double percentile) {
    assertThatIllegalArgumentException().isThrownBy(() -> of(1).valueAtPercentile(percentile));
  }
}
