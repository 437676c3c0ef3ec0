// SPDX-License-Identifier: MIT
package io.minilibuv.linux.inotify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.PollBackend;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsEventBackendProvider;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is seen when the calls for watching files fail. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "inotify is Linux'")
@ExtendWith(LeakCheck.class)
class InotifyFaultTest {
  @TempDir Path dir;

  private final Map<String, Deque<Long>> answers = new HashMap<>();
  private final List<String> told = new ArrayList<>();

  /** What comes before a call: its answer, or null if it is to be made. */
  private interface Before {
    @Nullable Long answer(String call, Object[] arguments);
  }

  /** The calls, each of which asks {@code before} first. */
  private static InotifyCalls before(Before before) {
    InotifyCalls real = new NativeInotifyCalls();
    return (InotifyCalls)
        Proxy.newProxyInstance(
            InotifyCalls.class.getClassLoader(),
            new Class<?>[] {InotifyCalls.class},
            (proxy, method, arguments) -> {
              Long answer = before.answer(method.getName(), arguments);
              if (answer != null) {
                return method.getReturnType() == int.class ? (Object) answer.intValue() : answer;
              }
              return method.invoke(real, arguments);
            });
  }

  /** The calls, of which each fails as it was told to first. */
  private InotifyCalls calls() {
    return before((call, arguments) -> answers.getOrDefault(call, new ArrayDeque<>()).poll());
  }

  private void fail(String call, UvError... errors) {
    Deque<Long> all = answers.computeIfAbsent(call, name -> new ArrayDeque<>());
    for (UvError error : errors) {
      all.add((long) error.code());
    }
  }

  private Loop open(FsEventBackendProvider provider) {
    return Loop.open(
        new LoopOptions().pollBackend("epoll").with(FsEventBackendProvider.OF_LOOP, provider));
  }

  private void note(FsEventHandle handle, String name, int events, int status) {
    told.add(name + " " + events + " " + status);
  }

  @ParameterizedTest
  @EnumSource(
      value = UvError.class,
      names = {"EMFILE", "ENFILE", "ENOMEM"})
  void aDescriptorThatCannotBeHadForNowIsTheCallersError(UvError error) throws IOException {
    fail("inotifyInit1", error);
    try (Loop loop = open(new InotifyProvider(calls()))) {
      FsEventHandle handle = FsEventHandle.init(loop);
      assertThatThrownBy(() -> handle.start(dir.toString(), this::note))
          .hasMessageStartingWith(error.errName());
      assertThat(handle.isActive()).isFalse();
      handle.start(dir.toString(), this::note);
      Files.createFile(dir.resolve("a"));
      loop.run(RunMode.ONCE);
      assertThat(told).containsExactly("a 1 0");
      handle.close();
      loop.run();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = UvError.class,
      names = {"ENOSYS", "EPERM", "EINVAL"})
  void aSystemThatRefusesInotifyIsSaidTo(UvError error) {
    fail("inotifyInit1", error);
    InotifyProvider provider = new InotifyProvider(calls());
    try (Loop loop = Loop.open(new LoopOptions().pollBackend("epoll"))) {
      assertThatThrownBy(() -> provider.open(loop))
          .isInstanceOf(UnsupportedOperationException.class)
          .hasMessageStartingWith(error.errName());
    }
  }

  @Test
  void aLoopThatPollsNoDescriptorsIsLeftToOthers() {
    try (Loop loop = Loop.open(new LoopOptions().pollBackend("nio"))) {
      assertThat(new InotifyProvider().open(loop)).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = UvError.class,
      names = {"ENOSPC", "EACCES", "ENOMEM", "ENOENT"})
  void aWatchThatCannotBeHadIsTheCallersError(UvError error) {
    fail("inotifyAddWatch", error);
    try (Loop loop = open(new InotifyProvider(calls()))) {
      FsEventHandle handle = FsEventHandle.init(loop);
      assertThatThrownBy(() -> handle.start(dir.toString(), this::note))
          .hasMessageStartingWith(error.errName())
          .hasMessageContaining("uv_fs_event_start '" + dir + "'");
      assertThat(handle.isActive()).isFalse();
      handle.close();
      loop.run();
    }
  }

  @Test
  void aReadThatASignalInterruptsIsMadeAgainAndOneWithoutNewsIsNothing() throws IOException {
    try (Loop loop = open(new InotifyProvider(calls()))) {
      FsEventHandle handle = FsEventHandle.init(loop);
      handle.start(dir.toString(), this::note);
      Files.createFile(dir.resolve("a"));
      fail("read", UvError.EINTR, UvError.EINTR, UvError.EAGAIN, UvError.EINTR);
      loop.run(RunMode.NOWAIT);
      assertThat(told).isEmpty();
      loop.run(RunMode.NOWAIT);
      assertThat(told).containsExactly("a 1 0");
      handle.close();
      loop.run();
    }
  }

  @Test
  void aReadThatFailsIsThrownAndTheRestIsToldLater() throws IOException {
    try (Loop loop = open(new InotifyProvider(calls()))) {
      FsEventHandle handle = FsEventHandle.init(loop);
      handle.start(dir.toString(), this::note);
      Files.createFile(dir.resolve("a"));
      fail("read", UvError.EIO);
      assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessageStartingWith("EIO");
      loop.run(RunMode.NOWAIT);
      assertThat(told).containsExactly("a 1 0");
      handle.close();
      loop.run();
    }
  }

  @Test
  void lostEventsAreToldToEverybody() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    Files.createDirectory(dir.resolve("sub"));
    try (Loop loop = open(new InotifyProvider(losingOnce(full)))) {
      FsEventHandle first = FsEventHandle.init(loop);
      first.start(dir.toString(), this::note);
      FsEventHandle second = FsEventHandle.init(loop);
      second.start(dir.resolve("sub").toString(), this::note);
      Files.createFile(dir.resolve("a"));
      full.set(true);
      loop.run(RunMode.ONCE);
      assertThat(told).containsExactly("null 2 0", "null 2 0", "a 1 0");
      first.close();
      second.close();
      loop.run();
    }
  }

  /** The next read once {@code full} is set tells that events were lost. */
  private InotifyCalls losingOnce(AtomicBoolean full) {
    return before(
        (call, arguments) ->
            call.equals("read") && full.getAndSet(false)
                ? writeOverflow((MemorySegment) arguments[2])
                : null);
  }

  /** What the kernel writes when its queue was full. */
  private static Long writeOverflow(MemorySegment to) {
    to.set(ValueLayout.JAVA_INT, 0, InotifyEvents.NO_WATCH);
    to.set(ValueLayout.JAVA_INT, 4, 0x4000);
    to.set(ValueLayout.JAVA_INT, 8, 0);
    to.set(ValueLayout.JAVA_INT, 12, 0);
    return 16L;
  }

  /** The kernel is told at the end of the event, whoever throws. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatItsOwnCallbackStopsIsGivenUpWhenTheEventIsOver(boolean thrown) throws IOException {
    InotifyCalls noting =
        before(
            (call, arguments) -> {
              if (call.equals("inotifyRmWatch")) {
                told.add(call);
              }
              return null;
            });
    try (Loop loop = open(new InotifyProvider(noting))) {
      FsEventHandle handle = FsEventHandle.init(loop);
      handle.start(
          dir.toString(),
          (stopped, name, events, status) -> {
            stopped.close();
            told.add("callback's end");
            if (thrown) {
              throw new IllegalArgumentException("thrown on purpose");
            }
          });
      Files.createFile(dir.resolve("a"));
      if (thrown) {
        assertThatThrownBy(loop::run).hasMessage("thrown on purpose");
      }
      loop.run();
      assertThat(told).containsExactly("callback's end", "inotifyRmWatch");
    }
    assertThat(told).hasSize(2);
  }

  /** Nobody is told of it in C, and nothing of C's says what a restart gets then. */
  @Test
  void whoItsOwnCallbackStartsAnewWhenEventsWereLostIsToldWhatIsOnItsWay() throws IOException {
    AtomicBoolean full = new AtomicBoolean();
    try (Loop loop = open(new InotifyProvider(losingOnce(full)))) {
      FsEventHandle handle = FsEventHandle.init(loop);
      handle.start(
          dir.toString(),
          (stopped, name, events, status) -> {
            told.add("lost");
            stopped.stop();
            stopped.start(dir.toString(), this::note);
          });
      Files.createFile(dir.resolve("a"));
      full.set(true);
      loop.run(RunMode.ONCE);
      assertThat(told).containsExactly("lost", "a 1 0");
      handle.close();
      loop.run();
    }
  }

  /** What a watcher is made of by {@link #refusing}: the poll phase does not get to its number. */
  private static final class Refused {
    private boolean once;

    @Override
    public int hashCode() {
      if (once) {
        once = false;
        throw new IllegalStateException("refused on purpose");
      }
      return 0;
    }
  }

  /** A poller on which a watcher can be made, and not be started. */
  private PollBackend refusing() {
    Refused target = new Refused();
    return (PollBackend)
        Proxy.newProxyInstance(
            PollBackend.class.getClassLoader(),
            new Class<?>[] {PollBackend.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "prepare" -> target.once = true;
                case "forget" -> told.add("forget");
                default -> {}
              }
              return switch (method.getName()) {
                case "name" -> "epoll";
                case "targetOf" -> target;
                case "poll" -> 0;
                default -> null;
              };
            });
  }

  @Test
  void whatCannotBePolledIsForgottenAndThenClosed() {
    InotifyCalls noting =
        before(
            (call, arguments) -> {
              told.add(call);
              return null;
            });
    try (Loop loop = Loop.open(new LoopOptions().pollBackend(refusing()))) {
      InotifyProvider provider = new InotifyProvider(noting);
      assertThatThrownBy(() -> provider.open(loop)).hasMessage("refused on purpose");
      assertThat(told).containsExactly("inotifyInit1", "forget", "close");
    }
  }

  @Test
  void theDescriptorGoesWithTheLoop() {
    AtomicInteger closed = new AtomicInteger();
    InotifyCalls counting =
        before(
            (call, arguments) -> {
              if (call.equals("close")) {
                closed.incrementAndGet();
              }
              return null;
            });
    try (Loop loop = open(new InotifyProvider(counting))) {
      FsEventHandle handle = FsEventHandle.init(loop);
      handle.start(dir.toString(), this::note);
      handle.close();
      loop.run();
      assertThat(closed).hasValue(0);
    }
    assertThat(closed).hasValue(1);
  }
}
