// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.Request;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test/test-random.c}, and what it leaves out. */
class RandomTest extends PoolFixture {
  private final byte[] scratch = new byte[256];
  private int called;

  RandomTest() {
    super(4);
  }

  /** It stays open, and no test has left it behind. */
  @BeforeAll
  static void openTheSystemsSource() {
    RandomRequest.random(ByteBuffer.allocate(1), 0);
  }

  private static void assertThrows(UvError error, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(UvException.class, e -> assertThat(e.error()).isEqualTo(error));
  }

  private static byte[] contents(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.capacity()];
    buffer.duplicate().clear().get(bytes);
    return bytes;
  }

  @Test
  void randomAsync() {
    ByteBuffer buffer = ByteBuffer.wrap(scratch);
    assertThrows(UvError.EINVAL, () -> RandomRequest.random(loop, buffer, -1, this::never));
    assertThat(loop.isAlive()).isFalse();

    ByteBuffer empty = ByteBuffer.wrap(scratch, 0, 0);
    RandomRequest.random(loop, empty, 0, (request, status, filled) -> check(status, filled, empty));
    assertThat(called).isZero();
    assertThat(loop.run()).isFalse();
    assertThat(called).isEqualTo(1);
    assertThat(scratch).containsOnly(0);

    RandomRequest.random(
        loop, buffer, 0, (request, status, filled) -> check(status, filled, buffer));
    assertThat(called).isEqualTo(1);
    assertThat(loop.run()).isFalse();
    assertThat(called).isEqualTo(2);
    assertThat(scratch).isNotEqualTo(new byte[256]);
  }

  private void never(RandomRequest request, int status, ByteBuffer buffer) {
    throw new AssertionError(request + " has called back with " + status);
  }

  private void check(int status, ByteBuffer filled, ByteBuffer given) {
    assertThat(status).isZero();
    assertThat(filled).isSameAs(given);
    assertThat(filled.hasRemaining()).isFalse();
    called++;
  }

  @Test
  void randomSync() {
    ByteBuffer buffer = ByteBuffer.wrap(scratch);
    assertThrows(UvError.EINVAL, () -> RandomRequest.random(buffer, -1));
    assertThat(buffer.position()).isZero();
    RandomRequest.random(buffer, 0);
    assertThat(buffer.hasRemaining()).isFalse();
    assertThat(scratch).isNotEqualTo(new byte[256]);
  }

  @Test
  void onlyWhatRemainsIsFilled() {
    for (ByteBuffer buffer : List.of(ByteBuffer.allocate(100), ByteBuffer.allocateDirect(100))) {
      buffer.position(10).limit(90);
      RandomRequest.random(loop, buffer, 0, (request, status, filled) -> called++);
      assertThat(buffer.position()).isEqualTo(10);
      loop.run();
      assertThat(buffer.position()).isEqualTo(90);
      assertThat(buffer.limit()).isEqualTo(90);
      byte[] bytes = contents(buffer);
      assertThat(Arrays.copyOfRange(bytes, 0, 10)).containsOnly(0);
      assertThat(Arrays.copyOfRange(bytes, 10, 90)).isNotEqualTo(new byte[80]);
      assertThat(Arrays.copyOfRange(bytes, 90, 100)).containsOnly(0);
    }
    assertThat(called).isEqualTo(2);
  }

  /** The bytes come in pieces; a piece that was forgotten would be zeros. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8191, 8192, 8193, 100_000})
  void allOfABufferIsFilled(int size) {
    RandomGenerator ones = () -> -1L;
    try (Loop own = openLoop(ones)) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(size);
      RandomRequest.random(own, buffer, 0, (request, status, filled) -> see("random", status));
      own.run();
      assertThat(contents(buffer)).containsOnly(-1);
      assertThat(seen).containsExactly("random");
    }
  }

  private Loop openLoop(RandomGenerator source) {
    return Loop.open(
        new LoopOptions().with(ThreadPool.OF_LOOP, pool).with(RandomRequest.OF_LOOP, source));
  }

  @Test
  void aReadOnlyBufferIsRefused() {
    ByteBuffer readOnly = ByteBuffer.allocate(1).asReadOnlyBuffer();
    assertThrows(UvError.EFAULT, () -> RandomRequest.random(loop, readOnly, 0, this::never));
    assertThrows(UvError.EFAULT, () -> RandomRequest.random(readOnly, 0));
    assertThrows(UvError.EINVAL, () -> RandomRequest.random(readOnly, 1));
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void nullsAreRefused() {
    ByteBuffer buffer = ByteBuffer.allocate(1);
    assertThatNullPointerException()
        .isThrownBy(() -> RandomRequest.random(loop, null, 0, this::never));
    assertThatNullPointerException().isThrownBy(() -> RandomRequest.random(loop, buffer, 0, null));
    assertThatNullPointerException().isThrownBy(() -> RandomRequest.random(null, 0));
    assertThat(loop.isAlive()).isFalse();
  }

  /** Which the JDK says of the generator of this name: it never reads {@code /dev/random}. */
  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "there are no such devices")
  void theSystemsSourceIsTheDeviceThatDoesNotWait() {
    assertThat(RandomRequest.OF_LOOP.of(loop))
        .isInstanceOfSatisfying(
            SecureRandom.class,
            source -> assertThat(source.getAlgorithm()).isEqualTo("NativePRNGNonBlocking"));
  }

  @Test
  void itIsWorkOfTheCpuKind() {
    List<WorkKind> kinds = new ArrayList<>();
    loop.setObserver(
        new PoolObserver() {
          @Override
          public void workSubmitted(Loop of, PoolRequest request, WorkKind kind, PoolState state) {
            kinds.add(kind);
          }
        });
    Request request =
        RandomRequest.random(loop, ByteBuffer.allocate(1), 0, (done, status, buffer) -> called++);
    assertThat(request.type()).isEqualTo(RequestType.RANDOM);
    loop.run();
    assertThat(kinds).containsExactly(WorkKind.CPU);
    assertThat(called).isEqualTo(1);
  }

  @Test
  void aSourceThatThrowsIsAStatusAndAFailure() {
    IllegalStateException unexpected = new IllegalStateException("no entropy");
    UvException known = UvError.EIO.exception("uv_random");
    for (RuntimeException thrown : List.of(unexpected, known)) {
      try (Loop own =
          openLoop(
              () -> {
                throw thrown;
              })) {
        ByteBuffer buffer = ByteBuffer.allocate(8);
        RandomRequest.random(
            own,
            buffer,
            0,
            (request, status, filled) -> {
              see("random", status);
              assertThat(request.failure()).isSameAs(thrown);
              assertThat(filled.position()).isZero();
            });
        own.run();
      }
    }
    assertThat(seen).containsExactly("random UNKNOWN", "random EIO");
  }
}
