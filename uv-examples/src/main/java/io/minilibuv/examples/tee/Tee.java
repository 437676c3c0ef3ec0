// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tee;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Patience;
import io.minilibuv.examples.cli.Stdio;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Copies standard input to all of its sinks, a chunk at a time.
 *
 * <p>There is one buffer. All sinks are given its bytes at once, and the next read begins when the
 * last of them has taken them: the slowest sets the pace, and no sink is ever more than a chunk
 * ahead of another. A sink that fails is left out from then on.
 */
final class Tee {
  /** How many bytes are read at once, at most. */
  static final int CHUNK = Stdio.CHUNK;

  /** How long an interrupt waits for pipes: perhaps nobody reads them. */
  private static final int GRACE_MILLIS = 1000;

  /** Who is told how it gets on. */
  interface Listener {
    /** So many bytes more were read. */
    void read(long bytes);

    /** Standard input has failed, and counts as ended. */
    void inputFailed(UvException failure);

    /** A sink has failed, and gets no more. */
    void sinkFailed(TeeSink sink, UvException failure);
  }

  private enum Step {
    OPEN,
    READ,
    WRITE,
    CLOSE
  }

  private final Loop loop;
  private final Listener listener;
  private final ByteBuffer chunk = ByteBuffer.allocateDirect(CHUNK);

  /** Those that have not failed. */
  private final List<TeeSink> sinks;

  private Step step = Step.OPEN;
  private int unanswered;

  /** What ends the loop at once, when it is to end. */
  private @Nullable Runnable leave;

  Tee(Loop loop, List<TeeSink> sinks, Listener listener) {
    this.loop = loop;
    this.sinks = new ArrayList<>(sinks);
    this.listener = listener;
  }

  /** Begins; the loop has nothing more to do for this when it is done. */
  void start() {
    ask(TeeSink::open, last -> next());
  }

  /** Reads the next chunk. Without a sink nothing is asked, and so the loop ends. */
  private void next() {
    if (leave != null) {
      leaveNow();
    } else if (!sinks.isEmpty()) {
      step = Step.READ;
      Fs.read(loop, Stdio.STDIN, chunk.clear(), Stdio.AT_POSITION, this::onRead);
    }
  }

  private void onRead(FsRequest read) {
    UvException error = read.error();
    if (error != null) {
      listener.inputFailed(new UvException(error.code(), error.call(), "standard input", error));
    }
    if (read.result() <= 0) {
      step = Step.CLOSE;
      ask(TeeSink::close, last -> {});
      return;
    }
    listener.read(read.result());
    chunk.flip();
    step = Step.WRITE;
    ask((sink, answer) -> sink.write(chunk, answer), this::onTaken);
  }

  private void onTaken(TeeSink last) {
    last.tally().wasLast();
    next();
  }

  /** Asks all sinks for the same, and goes on when the last has answered. */
  private void ask(BiConsumer<TeeSink, Runnable> question, Consumer<TeeSink> then) {
    unanswered = sinks.size();
    for (TeeSink sink : List.copyOf(sinks)) {
      question.accept(sink, () -> onAnswer(sink, then));
    }
  }

  private void onAnswer(TeeSink sink, Consumer<TeeSink> then) {
    UvException failure = sink.failure();
    if (failure != null && sinks.remove(sink)) {
      listener.sinkFailed(sink, failure);
      sink.close(() -> {});
    }
    unanswered--;
    if (unanswered == 0) {
      then.accept(sink);
    }
  }

  /**
   * Ends it, with the chunk that is under way in all files or in none, and closes them. A read that
   * waits for input is left where it is, and so is, after a while, a write that nobody reads.
   *
   * @param leave ends the loop at once
   */
  void interrupt(Runnable leave) {
    this.leave = leave;
    switch (step) {
      case OPEN, READ -> leaveNow();
      case WRITE -> {
        sinks.forEach(TeeSink::hurry);
        Patience.start(loop, GRACE_MILLIS, this::leaveNow);
      }
      // That is the end already.
      case CLOSE -> {}
    }
  }

  private void leaveNow() {
    for (TeeSink sink : sinks) {
      sink.closeHere();
      UvException failure = sink.failure();
      if (failure != null) {
        listener.sinkFailed(sink, failure);
      }
    }
    if (leave != null) {
      leave.run();
    }
  }
}
