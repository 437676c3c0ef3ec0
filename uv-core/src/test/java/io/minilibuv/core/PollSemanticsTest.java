// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.channels.Pipe;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.spi.AbstractSelectableChannel;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The rules of poll handles that are the same with every backend. */
class PollSemanticsTest extends LoopFixture {
  private static final PollHandle.Callback NOTHING = (handle, status, events) -> {};

  private static void assertFails(UvError error, String call, ThrowingCallable what) {
    assertThatThrownBy(what)
        .isInstanceOfSatisfying(
            UvException.class,
            e -> {
              assertThat(e.error()).isEqualTo(error);
              assertThat(e.call()).isEqualTo(call);
            });
  }

  private int howManyHandles() {
    int[] count = new int[1];
    loop.walk(handle -> count[0]++);
    return count[0];
  }

  @Test
  void initMakesTheChannelNonBlocking() {
    SelectableChannel channel = pipe().source();
    assertThat(channel.isBlocking()).isTrue();
    PollHandle poll = PollHandle.init(loop, channel);
    assertThat(channel.isBlocking()).isFalse();
    assertThat(poll.channel()).isSameAs(channel);
    assertThat(poll.type()).isEqualTo(HandleType.POLL);
    assertThat(poll.isActive()).isFalse();
  }

  @Test
  void severalHandlesMayBeMadeForAChannelWhileNoneIsStarted() {
    SelectableChannel channel = pipe().source();
    PollHandle first = PollHandle.init(loop, channel);
    PollHandle second = PollHandle.init(loop, channel);
    first.start(PollHandle.READABLE, NOTHING);
    first.stop();
    second.start(PollHandle.READABLE, NOTHING);
    assertThat(second.isActive()).isTrue();
  }

  @Test
  void initFailsWhileAnotherHandleIsStartedOnTheChannel() {
    SelectableChannel channel = pipe().source();
    PollHandle first = PollHandle.init(loop, channel);
    first.start(PollHandle.READABLE, NOTHING);
    assertFails(UvError.EEXIST, "uv_poll_init", () -> PollHandle.init(loop, channel));
    assertThat(howManyHandles()).isEqualTo(1);
    first.stop();
    PollHandle.init(loop, channel);
  }

  @Test
  void startFailsWhileAnotherHandleIsStartedOnTheChannel() {
    Pipe.SourceChannel channel = readable();
    PollHandle first = PollHandle.init(loop, channel);
    PollHandle second = PollHandle.init(loop, channel);
    first.start(PollHandle.READABLE, (handle, status, events) -> log.add("first"));
    assertFails(UvError.EEXIST, "uv_poll_start", () -> second.start(1, NOTHING));
    assertThat(second.isActive()).isFalse();
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("first");
    first.close();
    second.start(PollHandle.READABLE, (handle, status, events) -> log.add("second"));
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("first", "second");
  }

  @Test
  void stopOfAHandleThatIsNotStartedLeavesTheOtherOneAlone() {
    Pipe.SourceChannel channel = readable();
    PollHandle first = PollHandle.init(loop, channel);
    PollHandle second = PollHandle.init(loop, channel);
    first.start(PollHandle.READABLE, (handle, status, events) -> log.add("first"));
    second.stop();
    assertFails(UvError.EEXIST, "uv_poll_start", () -> second.start(1, NOTHING));
    assertFails(UvError.EEXIST, "uv_poll_init", () -> PollHandle.init(loop, channel));
    loop.run(RunMode.NOWAIT);
    second.close();
    assertFails(UvError.EEXIST, "uv_poll_init", () -> PollHandle.init(loop, channel));
    loop.run(RunMode.NOWAIT);
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("first", "first", "first");
  }

  @Test
  void closeOfAHandleRightAfterAnotherWasStartedOnItsChannelLeavesThatAlone() {
    Pipe.SourceChannel channel = readable();
    PollHandle first = PollHandle.init(loop, channel);
    PollHandle second = PollHandle.init(loop, channel);
    first.start(PollHandle.READABLE, NOTHING);
    loop.run(RunMode.NOWAIT);
    first.stop();
    second.start(PollHandle.READABLE, (handle, status, events) -> log.add("second"));
    first.close();
    loop.run(RunMode.NOWAIT);
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("second", "second");
  }

  @Test
  void initOfAClosedChannelFails() throws IOException {
    Pipe pipe = pipe();
    pipe.source().close();
    assertFails(UvError.EBADF, "uv_poll_init", () -> PollHandle.init(loop, pipe.source()));
    assertThat(howManyHandles()).isEqualTo(0);
  }

  @Test
  void initOfAChannelThatTheBackendCannotWatchFails() {
    assertFails(UvError.EPERM, "uv_poll_init", () -> PollHandle.init(loop, new Foreign()));
    assertThat(howManyHandles()).isEqualTo(0);
  }

  /** A channel of nobody's selectors, as a plain file is in C. */
  private static final class Foreign extends AbstractSelectableChannel {
    Foreign() {
      super(null);
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {
      throw new AssertionError("must not be touched");
    }

    @Override
    public int validOps() {
      return SelectionKey.OP_READ;
    }
  }

  @Test
  void startWithNoEventsStops() {
    PollHandle poll = readyPoll(handle -> log.add("called"));
    poll.start(0, NOTHING);
    assertThat(poll.isActive()).isFalse();
    assertThat(loop.isAlive()).isFalse();
    loop.run(RunMode.NOWAIT);
    assertThat(log).isEmpty();
  }

  @Test
  void startReplacesEventsAndCallback() {
    Pipe.SinkChannel sink = pipe().sink();
    PollHandle poll = PollHandle.init(loop, sink);
    poll.start(PollHandle.WRITABLE, (handle, status, events) -> log.add("old"));
    poll.start(PollHandle.WRITABLE, (handle, status, events) -> log.add("new " + events));
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("new " + PollHandle.WRITABLE);
    poll.start(PollHandle.DISCONNECT, (handle, status, events) -> log.add("disconnect"));
    loop.run(RunMode.NOWAIT);
    assertThat(log).hasSize(1);
    assertThat(poll.isActive()).isTrue();
  }

  @Test
  void startTakesPollEventsOnlyAndChangesNothingOtherwise() {
    PollHandle poll = readyPoll(handle -> log.add("called"));
    assertThatIllegalArgumentException().isThrownBy(() -> poll.start(16, NOTHING));
    assertThatIllegalArgumentException().isThrownBy(() -> poll.start(-1, NOTHING));
    assertThatNullPointerException().isThrownBy(() -> poll.start(1, null));
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("called");
  }

  @Test
  void aClosingHandleCannotBeStartedOrStopped() {
    PollHandle poll = PollHandle.init(loop, pipe().source());
    poll.close();
    assertThatIllegalStateException().isThrownBy(() -> poll.start(1, NOTHING));
    assertThatIllegalStateException().isThrownBy(poll::stop);
    loop.run();
    assertThatIllegalStateException().isThrownBy(() -> poll.start(1, NOTHING));
  }

  @Test
  void aClosingHandleHasNoChannel() {
    PollHandle poll = PollHandle.init(loop, pipe().source());
    poll.close();
    assertFails(UvError.EBADF, "uv_fileno", poll::channel);
  }

  @Test
  void stopIsIdempotent() {
    PollHandle poll = readyPoll(handle -> log.add("called"));
    poll.stop();
    poll.stop();
    assertThat(poll.isActive()).isFalse();
    loop.run(RunMode.NOWAIT);
    assertThat(log).isEmpty();
  }

  @Test
  void aStoppedHandleMayBeStartedAgain() {
    PollHandle poll = readyPoll(handle -> log.add("old"));
    loop.run(RunMode.NOWAIT);
    poll.stop();
    loop.run(RunMode.NOWAIT);
    poll.start(PollHandle.READABLE, (handle, status, events) -> log.add("new"));
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("old", "new");
  }
}
