// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A loop by a manual clock, which begins at 1000 ms; short ways to make what it runs; and a log of
 * what was called. Everything is closed after the test.
 */
@ExtendWith(LeakCheck.class)
abstract class LoopFixture {
  final ManualClock clock = new ManualClock();
  final Loop loop;
  final List<String> log = new ArrayList<>();
  private final List<Pipe> pipes = new ArrayList<>();

  LoopFixture() {
    this(new LoopOptions());
  }

  LoopFixture(LoopOptions options) {
    loop = Loop.open(options.clock(clock));
  }

  @AfterEach
  void shutDown() throws IOException {
    loop.shutdown();
    for (Pipe pipe : pipes) {
      pipe.source().close();
      pipe.sink().close();
    }
  }

  /** What a callback does that only says that it was called. */
  Runnable says(String name) {
    return () -> log.add(name);
  }

  TimerHandle timer(long timeout, long repeat, Runnable body) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> body.run(), timeout, repeat);
    return timer;
  }

  TimerHandle timer(long timeout, Runnable body) {
    return timer(timeout, 0, body);
  }

  IdleHandle idle(Runnable body) {
    IdleHandle idle = IdleHandle.init(loop);
    idle.start(handle -> body.run());
    return idle;
  }

  PrepareHandle prepare(Runnable body) {
    PrepareHandle prepare = PrepareHandle.init(loop);
    prepare.start(handle -> body.run());
    return prepare;
  }

  CheckHandle check(Runnable body) {
    CheckHandle check = CheckHandle.init(loop);
    check.start(handle -> body.run());
    return check;
  }

  /** A watcher that nothing is ever ready for, to be {@link IoWatcher#feed() fed}. */
  IoWatcher watcher(Runnable body) {
    return IoWatcher.of(loop, pipe().source(), "test", (watcher, events) -> body.run());
  }

  Pipe pipe() {
    try {
      Pipe pipe = Pipe.open();
      pipes.add(pipe);
      return pipe;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The reading end of a pipe with a byte in it that nobody takes out: it stays readable. */
  Pipe.SourceChannel readable() {
    Pipe pipe = pipe();
    try {
      pipe.sink().write(ByteBuffer.allocate(1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return pipe.source();
  }

  /** A started handle whose channel is readable, and stays so. */
  PollHandle readyPoll(Consumer<PollHandle> body) {
    PollHandle poll = PollHandle.init(loop, readable());
    poll.start(PollHandle.READABLE, (handle, status, events) -> body.accept(handle));
    return poll;
  }

  /** A started handle whose channel never becomes ready. */
  PollHandle quietPoll() {
    PollHandle poll = PollHandle.init(loop, pipe().source());
    poll.start(
        PollHandle.READABLE,
        (handle, status, events) -> log.add("quiet poll called: " + status + " " + events));
    return poll;
  }

  /** Sets an observer that lists what the loop would wait, and why: {@code 50 NEXT_TIMER}. */
  List<String> recordPolls() {
    List<String> polls = new ArrayList<>();
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void pollEnter(Loop loop, long timeoutMillis, PollReason why) {
            polls.add(timeoutMillis + " " + why);
          }
        });
    return polls;
  }

  /** A request that a test answers by hand. */
  static final class TestRequest extends Request {
    private int cancelResult = UvError.EINVAL.code();

    TestRequest(Loop loop) {
      super(loop, RequestType.REQ);
    }

    TestRequest submit() {
      register();
      return this;
    }

    /** Makes {@link #cancel()} succeed; {@code onCancel} sees to the answer. */
    TestRequest cancellable(Runnable onCancel) {
      cancelAction = onCancel;
      cancelResult = 0;
      return this;
    }

    private Runnable cancelAction = () -> {};

    @Override
    protected int tryCancel() {
      cancelAction.run();
      return cancelResult;
    }

    void answer(Consumer<TestRequest> callback) {
      unregister();
      call(this, callback);
    }
  }

  /** A handle of another module, as core sees one. */
  static final class TestHandle extends Handle {
    boolean internal;

    TestHandle(Loop loop) {
      super(loop, HandleType.HANDLE);
    }

    static TestHandle internal(Loop loop) {
      TestHandle handle = new TestHandle(loop);
      handle.internal = true;
      handle.markInternal();
      return handle;
    }

    TestHandle start() {
      handleStart();
      return this;
    }

    void count(int more) {
      countEvents(more);
    }

    @Override
    protected boolean onClose() {
      handleStop();
      return true;
    }
  }
}
