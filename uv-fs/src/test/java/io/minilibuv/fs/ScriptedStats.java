// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.ManualClock;
import io.minilibuv.core.UvError;
import io.minilibuv.testing.TimeLimit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A file system whose only call is {@code stat}, and that answers it as it was told, path by path
 * and in order. Asked for what it has no answer to, it keeps its caller waiting for one, though not
 * for ever.
 */
final class ScriptedStats extends ForwardingFsBackend {
  /** What is answered in place of an answer that nobody gives. */
  static final UvError NO_ANSWER = UvError.ETIMEDOUT;

  /** What one call answers, after {@code millis} of {@link #clock}. */
  record Answer(@Nullable UvError error, FsStat stat, long millis) {

    /** Answers the same, but takes its time. */
    Answer after(long time) {
      return new Answer(error, stat, time);
    }
  }

  final ManualClock clock = new ManualClock();

  private final Map<String, BlockingQueue<Answer>> answers = new ConcurrentHashMap<>();
  private final Map<String, List<Long>> askedAt = new ConcurrentHashMap<>();

  ScriptedStats() {
    super(FsBackend.system());
  }

  /** A file of which only the size is known. */
  static FsStat sized(long size) {
    return FsStat.ZERO.nameless(size);
  }

  static Answer ok(long size) {
    return ok(sized(size));
  }

  static Answer ok(FsStat stat) {
    return new Answer(null, stat, 0);
  }

  static Answer error(UvError error) {
    return new Answer(error, FsStat.ZERO, 0);
  }

  /** Has the next calls for {@code path} answered so. */
  void answer(String path, Answer... inOrder) {
    queue(path).addAll(List.of(inOrder));
  }

  /** When {@code path} was asked for, in milliseconds of the clock. */
  List<Long> askedAt(String path) {
    return askedAt.getOrDefault(path, List.of());
  }

  @Override
  protected long forward(FsType call, String path, LongSupplier made) {
    throw new AssertionError("not expected: " + call);
  }

  @Override
  public long stat(String path, FsAnswer to) {
    askedAt
        .computeIfAbsent(path, key -> new CopyOnWriteArrayList<>())
        .add(TimeUnit.NANOSECONDS.toMillis(clock.nanoTime()));
    Answer answer = next(path);
    if (answer == null) {
      return NO_ANSWER.code();
    }
    clock.advance(answer.millis);
    if (answer.error != null) {
      return answer.error.code();
    }
    to.stat(answer.stat);
    return 0;
  }

  private @Nullable Answer next(String path) {
    try {
      return queue(path).poll(TimeLimit.MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts a worker", e);
    }
  }

  private BlockingQueue<Answer> queue(String path) {
    return answers.computeIfAbsent(path, key -> new LinkedBlockingQueue<>());
  }
}
