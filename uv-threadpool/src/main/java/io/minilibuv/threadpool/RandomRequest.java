// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.nio.ByteBuffer;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Asks for random bytes that nobody can guess ({@code uv_random_t}).
 *
 * <p>They fill a buffer, heap or direct, from its position to its limit, and its position moves to
 * the limit: on the loop's thread before the callback, or before the synchronous form returns. Less
 * is never given. After a failure the position stands where it was, and what is behind it is
 * undefined. Until the callback the buffer belongs to the request.
 *
 * <p>The bytes come of the system's generator where the JDK has a way to it that never blocks
 * ({@code NativePRNGNonBlocking}, which reads {@code /dev/urandom}, on Unix; {@code Windows-PRNG}
 * on Windows), and else of the JDK's default one.
 *
 * <p>Differs from C: on Linux libuv calls {@code getrandom}, which waits for the entropy of a
 * machine that has just started; {@code /dev/urandom} does not. The first use opens that file for
 * the rest of the process.
 */
public final class RandomRequest extends PoolRequest {

  /** Told that the bytes are there, or will not be ({@code uv_random_cb}). */
  @FunctionalInterface
  public interface Callback {
    /**
     * Called on the loop's thread, once. The request is not active any more.
     *
     * @param status 0; {@code UV_ECANCELED} if the request was cancelled; or an error, if the
     *     generator has thrown: see {@link #failure}
     * @param buffer the one that was given, its position at its limit if the status is 0
     */
    void onRandom(RandomRequest request, int status, ByteBuffer buffer);
  }

  /**
   * Where a loop's random bytes come of; the system's unless {@code LoopOptions.with} says
   * otherwise, for a run that is to be the same again. It is called by several workers at once.
   */
  public static final LoopField<RandomGenerator> OF_LOOP =
      LoopField.declareBorrowed("random", loop -> Source.SYSTEM);

  private static final String CALL = "uv_random";

  /** So much is copied at a time: the JDK fills whole arrays only. */
  private static final int CHUNK = 8192;

  /** Made when it is needed first. */
  private static final class Source {
    static final SecureRandom SYSTEM = open("NativePRNGNonBlocking", "Windows-PRNG");

    private static SecureRandom open(String... wanted) {
      for (String algorithm : wanted) {
        try {
          return SecureRandom.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
          // Another platform's.
        }
      }
      return new SecureRandom();
    }
  }

  private final RandomGenerator source;
  private final ByteBuffer buffer;
  private final ByteBuffer view;
  private final Callback callback;

  private RandomRequest(Loop loop, ByteBuffer buffer, Callback callback) {
    super(loop, RequestType.RANDOM);
    this.source = OF_LOOP.of(loop);
    this.buffer = buffer;
    this.view = buffer.duplicate();
    this.callback = callback;
  }

  /**
   * Fills {@code buffer} on a worker ({@code uv_random}, src/random.c). An empty one is called back
   * for, too.
   *
   * <p>Differs from C: E2BIG cannot come, since no buffer holds more than 2<sup>31</sup> - 1 bytes.
   *
   * @param flags must be 0
   * @throws UvException EINVAL for other flags, EFAULT for a read-only buffer; nothing is
   *     registered then
   */
  public static RandomRequest random(Loop loop, ByteBuffer buffer, int flags, Callback callback) {
    Objects.requireNonNull(callback, "callback");
    check(buffer, flags);
    RandomRequest request = new RandomRequest(loop, buffer, callback);
    request.submit(WorkKind.CPU);
    return request;
  }

  /** {@link #random(Loop, ByteBuffer, int, Callback)}, done here and now, by any thread. */
  @AnyThread
  public static void random(ByteBuffer buffer, int flags) {
    check(buffer, flags);
    ByteBuffer view = buffer.duplicate();
    fill(Source.SYSTEM, view);
    buffer.position(view.position());
  }

  private static void check(ByteBuffer buffer, int flags) {
    Objects.requireNonNull(buffer, "buffer");
    if (flags != 0) {
      throw UvError.EINVAL.exception(CALL);
    }
    if (buffer.isReadOnly()) {
      throw UvError.EFAULT.exception(CALL);
    }
  }

  /** Gets the bytes ({@code uv__random}, src/random.c). */
  @AnyThread
  private static void fill(RandomGenerator source, ByteBuffer target) {
    byte[] chunk = new byte[Math.min(target.remaining(), CHUNK)];
    while (target.hasRemaining()) {
      source.nextBytes(chunk);
      target.put(chunk, 0, Math.min(target.remaining(), chunk.length));
    }
  }

  /** What the generator has thrown, or null. To be looked at from the callback on. */
  @Override
  public @Nullable Throwable failure() {
    return super.failure();
  }

  /** Gets the bytes, on a worker ({@code uv__random_work}, src/random.c). */
  @AnyThread
  @Override
  protected void work() {
    fill(source, view);
  }

  /** Tells the user ({@code uv__random_done}, src/random.c). */
  @Override
  protected void done(int status) {
    Throwable thrown = failure();
    int result = thrown == null ? status : codeOf(thrown);
    if (result == 0) {
      buffer.position(buffer.limit());
    }
    callback.onRandom(this, result, buffer);
  }
}
