// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.PollHandle;
import io.minilibuv.core.ReadyEvents;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.core.WakeupChannel;
import io.minilibuv.linux.ffi.Scratch;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the system's calls answer when something is wrong, and what a loop makes of it. */
@ExtendWith(LeakCheck.class)
class EpollFaultTest {
  private final FaultyCalls faulty = new FaultyCalls();
  private final ChannelNumbers numbers = new ChannelNumbers(faulty.calls());
  private final Fds fds = new Fds();
  private final List<String> log = new ArrayList<>();
  private final Loop loop =
      Loop.open(new LoopOptions().pollBackend(new EpollPollBackend(faulty.calls(), numbers)));

  @AfterEach
  void closeAll() throws IOException {
    loop.shutdown();
    numbers.close();
    fds.close();
  }

  private PollHandle poll(int fd, int events) {
    PollHandle poll = PollHandle.init(loop, fd);
    poll.start(events, (handle, status, told) -> log.add(status + " " + told));
    return poll;
  }

  private static void assertFails(UvError error, ThrowingCallable body) {
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(body)
        .satisfies(e -> assertThat(e.error()).isEqualTo(error));
  }

  // Opening.

  @ParameterizedTest
  @EnumSource(names = {"EMFILE", "ENFILE", "ENOMEM"})
  void aLoopCannotBeOpenedWithoutADescriptor(UvError error) {
    faulty.fail("epollCreate1", error);
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(() -> new EpollPollBackend(faulty.calls(), numbers))
        .satisfies(e -> assertThat(e.error()).isEqualTo(error))
        .satisfies(e -> assertThat(e.call()).isEqualTo("uv_loop_init"));
  }

  @ParameterizedTest
  @EnumSource(names = {"EMFILE", "ENFILE", "ENOMEM"})
  void aWakeupChannelCannotBeOpenedWithoutADescriptor(UvError error) {
    faulty.fail("eventfd", error);
    assertFails(error, () -> WakeupChannel.open(loop));
    WakeupChannel.open(loop).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"epollCreate1", "eventfd", "epollCtl", "write", "epollPwait"})
  void aCallThatASandboxRefusesIsNoticedBeforeTheFirstLoop(String call) {
    for (UvError error : List.of(UvError.ENOSYS, UvError.EPERM, UvError.EACCES)) {
      faulty.fail(call, error);
      assertThatThrownBy(() -> new EpollProvider(faulty.calls()).open())
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageContaining(error.errName());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epollCreate1", "eventfd", "epollCtl", "write", "epollPwait"})
  void aFunctionThatIsMissingIsNoticedBeforeTheFirstLoop(String call) {
    faulty.miss(call);
    assertThatThrownBy(() -> new EpollProvider(faulty.calls()).open())
        .isInstanceOf(UnsatisfiedLinkError.class)
        .hasMessageContaining(call);
  }

  @Test
  void tooManyDescriptorsSayNothingAboutTheSystem() {
    EpollProvider provider = new EpollProvider(faulty.calls());
    faulty.fail("epollCreate1", UvError.EMFILE);
    assertFails(UvError.EMFILE, provider::open);
    faulty.fail("eventfd", UvError.ENFILE);
    assertFails(UvError.ENFILE, provider::open);
    faulty.fail("epollPwait", UvError.EINTR);
    provider.open().close();
    long checks = faulty.count("eventfd");
    provider.open().close();
    assertThat(faulty.count("eventfd")).as("it is checked once").isEqualTo(checks);
  }

  // Making and starting handles.

  @ParameterizedTest
  @EnumSource(names = {"EBADF", "EPERM", "ENOSPC", "ENOMEM", "EINVAL", "ELOOP"})
  void aDescriptorThatEpollRefusesMakesNoHandle(UvError error) {
    int fd = fds.pipe()[0];
    faulty.fail("epollCtl", error);
    assertFails(error, () -> PollHandle.init(loop, fd));
    loop.walk(handle -> log.add("handle"));
    assertThat(log).isEmpty();
    assertThat(fds.isNonBlocking(fd)).isFalse();
  }

  /** In C the process aborts. */
  @Test
  void aDescriptorThatIsClosedWhileItIsLookedAtMakesNoHandle() {
    int fd = fds.pipe()[0];
    faulty.succeed("epollCtl").fail("epollCtl", UvError.EBADF);
    assertFails(UvError.EBADF, () -> PollHandle.init(loop, fd));
    poll(fd, PollHandle.READABLE);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aDescriptorThatCannotBeMadeNonBlockingMakesNoHandle(int nthCall) {
    int fd = fds.pipe()[0];
    if (nthCall == 2) {
      faulty.succeed("fcntl");
    }
    faulty.fail("fcntl", UvError.EBADF);
    assertFails(UvError.EBADF, () -> PollHandle.init(loop, fd));
  }

  @Test
  void aDescriptorThatEpollKnowsAlreadyIsWatchedForSomethingElse() {
    int[] pipe = fds.pipe();
    fds.write(pipe[1]);
    PollHandle.init(loop, pipe[0])
        .start(PollHandle.READABLE, (handle, status, events) -> log.add("called"));
    faulty.called.clear();
    faulty.fail("epollCtl", UvError.EEXIST).fail("epollCtl", UvError.ENOENT);
    // Not there either, as if somebody had taken it out between the two: a defect, and it is told.
    assertFails(UvError.ENOENT, () -> loop.run(RunMode.NOWAIT));
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("called");
    assertThat(faulty.called)
        .containsSubsequence(
            "epollCtl " + EpollEvents.ADD + " " + pipe[0],
            "epollCtl " + EpollEvents.MODIFY + " " + pipe[0],
            "epollCtl " + EpollEvents.ADD + " " + pipe[0]);
  }

  @Test
  void aWatchedDescriptorThatEpollHasForgottenIsAddedAgain() {
    int[] pipe = fds.pipe();
    IoWatcher watcher =
        IoWatcher.of(loop, pipe[1], "test", (w, events) -> log.add("events " + events));
    watcher.start(IoWatcher.DISCONNECT);
    poke();
    faulty.called.clear();
    faulty.fail("epollCtl", UvError.ENOENT).fail("epollCtl", UvError.EEXIST);
    watcher.start(IoWatcher.WRITABLE);
    assertFails(UvError.EEXIST, this::poke);
    assertThat(faulty.called)
        .containsSubsequence(
            "epollCtl " + EpollEvents.MODIFY + " " + pipe[1],
            "epollCtl " + EpollEvents.ADD + " " + pipe[1]);
    poke();
    assertThat(log).containsExactly("events " + IoWatcher.WRITABLE);
    watcher.close();
  }

  /** An iteration of a loop that nothing keeps alive. */
  private void poke() {
    TimerHandle.init(loop).close();
    loop.run(RunMode.NOWAIT);
  }

  /** In C the process aborts, for want of watches (fs.epoll.max_user_watches) or memory. */
  @ParameterizedTest
  @EnumSource(names = {"ENOSPC", "ENOMEM"})
  void aStartThatTheSystemHasNoRoomForLeavesRunAndIsTriedAgain(UvError error) {
    int[] pipe = fds.pipe();
    fds.write(pipe[1]);
    poll(pipe[0], PollHandle.READABLE);
    faulty.fail("epollCtl", error).fail("epollCtl", error);
    assertFails(error, () -> loop.run(RunMode.NOWAIT));
    assertFails(error, () -> loop.run(RunMode.NOWAIT));
    assertThat(log).isEmpty();
    loop.run(RunMode.NOWAIT);
    assertThat(log).containsExactly("0 " + PollHandle.READABLE);
  }

  @Test
  void aStopThatTheSystemDoesNotKnowOfIsAStop() {
    int[] pipe = fds.pipe();
    PollHandle poll = poll(pipe[0], PollHandle.READABLE);
    // With nothing registered, a loop that does not wait would not ask either.
    poll(fds.pipe()[0], PollHandle.READABLE);
    loop.run(RunMode.NOWAIT);
    faulty.fail("epollCtl", UvError.ENOENT);
    poll.stop();
    fds.write(pipe[1]);
    faulty.called.clear();
    loop.run(RunMode.NOWAIT);
    // The failed call has left it with the kernel, which reports it: then it is taken out.
    assertThat(log).isEmpty();
    assertThat(faulty.called).contains("epollCtl " + EpollEvents.DELETE + " " + pipe[0]);
    faulty.called.clear();
    loop.run(RunMode.NOWAIT);
    assertThat(faulty.called).containsExactly("epollPwait");
  }

  // Waiting.

  @Test
  void aWaitThatASignalInterruptsGoesOn() {
    faulty.fail("epollPwait", UvError.EINTR).fail("epollPwait", UvError.EINTR);
    long began = loop.now();
    TimerHandle.init(loop).start(timer -> log.add("timer"), 50, 0);
    loop.run();
    assertThat(log).containsExactly("timer");
    assertThat(loop.now() - began).isGreaterThanOrEqualTo(50);
    assertThat(faulty.count("epollPwait")).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aSignalDuringTheLookOfAnIterationIsNoEvent() {
    int[] pipe = fds.pipe();
    fds.write(pipe[1]);
    poll(pipe[0], PollHandle.READABLE);
    faulty.fail("epollPwait", UvError.EINTR);
    loop.run(RunMode.NOWAIT);
    assertThat(log).isEmpty();
    loop.run(RunMode.NOWAIT);
    assertThat(log).hasSize(1);
  }

  /** Has the next poll be told of {@code count} events: of {@code fd}, and of others' behind it. */
  private void tell(int count, int fd) {
    faulty.answer(
        "epollPwait",
        arguments -> {
          try (Arena arena = Arena.ofConfined()) {
            EpollEvents one = new EpollEvents(arena, 1);
            for (int i = 0; i < count; i++) {
              MemorySegment event = one.first(EpollEvents.IN, i == 0 ? fd : Fds.NEVER_OPEN);
              long size = event.byteSize();
              ((MemorySegment) arguments[2]).asSlice(i * size, size).copyFrom(event);
            }
          }
          return count;
        });
  }

  /** The kernel's number counts, as in C, and not how many of them are watched here. */
  @Test
  void aFullBatchOfTheKernelsIsFollowedByAnotherLook() {
    int fd = fds.pipe()[0];
    poll(fd, PollHandle.READABLE);
    tell(ReadyEvents.CAPACITY, fd);
    tell(ReadyEvents.CAPACITY - 1, fd);
    loop.run(RunMode.NOWAIT);
    assertThat(faulty.count("epollPwait")).isEqualTo(2);
    assertThat(log).containsExactly("0 1", "0 1");
  }

  @Test
  void aPollerThatSomebodyHasClosedIsTold() {
    PollHandle poll = poll(fds.pipe()[0], PollHandle.READABLE);
    faulty.fail("epollPwait", UvError.EBADF);
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> log.add("timer"), 0, 0);
    assertFails(UvError.EBADF, () -> loop.run(RunMode.NOWAIT));
    poll.close();
    loop.run();
    assertThat(log).containsExactly("timer");
  }

  // The eventfd.

  /** The loop's wake-up channel, watched and counted. */
  private final class Woken implements AutoCloseable {
    final WakeupChannel channel = WakeupChannel.open(loop);
    final IoWatcher watcher =
        new IoWatcher(
            loop,
            channel.target(),
            (w, events) -> {
              channel.drain();
              log.add("woken");
            });

    Woken() {
      watcher.start(IoWatcher.READABLE);
      poke();
    }

    int fd() {
      return ((FdTarget) channel.target()).fd;
    }

    @Override
    public void close() {
      watcher.close();
      poke();
      channel.close();
    }
  }

  @Test
  void aWakeupThatASignalInterruptsIsDoneAgain() {
    try (Woken woken = new Woken()) {
      faulty.fail("write", UvError.EINTR).fail("write", UvError.EINTR);
      woken.channel.wakeup();
      poke();
      assertThat(log).containsExactly("woken");
      assertThat(faulty.count("write")).isEqualTo(3);
    }
  }

  /** A scratch would be a second one, and found: not even a write that fails takes one. */
  @Test
  void aWakeupTakesNoScratch() {
    try (Woken woken = new Woken()) {
      faulty.fail("write", UvError.EINTR);
      try (Scratch scratch = Scratch.take()) {
        woken.channel.wakeup();
        assertThat(scratch.errno().address()).isNotZero();
      }
      poke();
      assertThat(log).containsExactly("woken");
    }
  }

  /** The whole counter is used up, so that a write would block: by the real kernel's answer. */
  @Test
  void aWakeupThroughAFullCounterEndsAWaitToo() throws InterruptedException {
    try (Woken woken = new Woken()) {
      fill(woken.fd());
      poke();
      assertThat(log).as("the counter alone wakes nobody").isEmpty();
      TimerHandle limit = TimerHandle.init(loop);
      limit.start(
          timer -> {
            throw new AssertionError("not woken");
          },
          60_000,
          0);
      IoWatcher watcher = woken.watcher;
      watcher.close();
      IoWatcher stopping =
          new IoWatcher(
              loop,
              woken.channel.target(),
              (w, events) -> {
                woken.channel.drain();
                limit.stop();
                log.add("stopped");
              });
      stopping.start(IoWatcher.READABLE);
      Thread sender = new Thread(woken.channel::wakeup);
      faulty.called.clear();
      sender.start();
      loop.run();
      sender.join();
      assertThat(log).containsExactly("stopped");
      assertThat(faulty.called.stream().filter(call -> call.matches("read|write")))
          .containsExactly("write", "write", "read", "write");
      stopping.close();
      poke();
    }
  }

  private static void fill(int eventfd) {
    PollCalls calls = new NativePollCalls();
    try (Scratch scratch = Scratch.take()) {
      scratch.block().set(ValueLayout.JAVA_LONG, 0, -2);
      long before;
      do {
        before = calls.write(scratch.errno(), eventfd, scratch.block(), 8);
        scratch.block().set(ValueLayout.JAVA_LONG, 0, 1);
      } while (before == 8);
      assertThat(before).isEqualTo(UvError.EAGAIN.code());
    }
  }

  private void failToWake(WakeupChannel channel) {
    faulty.fail("write", UvError.EPERM).fail("write", UvError.EPERM);
    assertFails(UvError.EPERM, channel::wakeup);
  }

  /** Others may have come meanwhile, and found that somebody sees to it. */
  @Test
  void aWakeupThatCannotBeWrittenIsToldAndFoundByTheNextLook() {
    try (Woken woken = new Woken()) {
      failToWake(woken.channel);
      poke();
      assertThat(log).containsExactly("woken");
      poke();
      assertThat(log).hasSize(1);
    }
  }

  @Test
  void afterAWakeupThatCannotBeWrittenTheNextOneIs() {
    try (Woken woken = new Woken()) {
      failToWake(woken.channel);
      woken.channel.wakeup();
      assertThat(fds.read(woken.fd())).as("the counter was written").isEqualTo(8);
      poke();
      assertThat(log).containsExactly("woken");
      faulty.called.clear();
      woken.channel.wakeup();
      woken.channel.wakeup();
      assertThat(faulty.count("write")).isEqualTo(1);
      poke();
      assertThat(log).hasSize(2);
    }
  }

  @Test
  void afterCloseAWakeupWritesNothingThoughAnotherOneHasFailed() {
    WakeupChannel channel = WakeupChannel.open(loop);
    failToWake(channel);
    channel.close();
    faulty.called.clear();
    channel.wakeup();
    assertThat(faulty.count("write")).isZero();
  }

  @Test
  void theCounterIsNeverRead() {
    try (Woken woken = new Woken()) {
      for (int i = 0; i < 5; i++) {
        woken.channel.wakeup();
        woken.channel.wakeup();
        poke();
      }
      assertThat(log).hasSize(5);
      assertThat(faulty.count("read")).isZero();
      assertThat(faulty.count("write")).isEqualTo(5);
    }
  }

  @Test
  void afterCloseAWakeupWritesNothing() {
    WakeupChannel channel = WakeupChannel.open(loop);
    channel.close();
    channel.wakeup();
    assertThat(faulty.count("write")).isZero();
  }

  // Channels.

  @Test
  void aChannelWhoseNumberCannotBeFoundIsNotSupportedAndDescriptorsStillAre() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      faulty.failAlways("poll", UvError.ENOSYS);
      assertThatExceptionOfType(UvException.class)
          .isThrownBy(() -> PollHandle.init(loop, source))
          .satisfies(e -> assertThat(e.error()).isEqualTo(UvError.ENOTSUP))
          .havingCause()
          .withMessageContaining("/proc/self/fd");
      poll(fds.pipe()[1], PollHandle.WRITABLE);
      loop.run(RunMode.NOWAIT);
      assertThat(log).hasSize(1);
      // Nothing is given up for good.
      faulty.heal("poll");
      PollHandle.init(loop, source);
      assertThat(sink.isOpen()).isTrue();
    }
  }
}
