// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.PollHandle;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Poll handles on descriptors, and what epoll tells that a selector does not. */
@ExtendWith(LeakCheck.class)
class PollDescriptorTest {
  private final Loop loop = Loop.open(new LoopOptions().pollBackend("epoll"));
  private final Fds fds = new Fds();
  private final List<String> log = new ArrayList<>();

  @AfterEach
  void closeAll() {
    loop.shutdown();
    fds.close();
  }

  private PollHandle poll(int fd, int events) {
    PollHandle poll = PollHandle.init(loop, fd);
    poll.start(events, (handle, status, told) -> log.add(status + " " + told));
    return poll;
  }

  private void runNowait() {
    loop.run(RunMode.NOWAIT);
  }

  private static void assertFails(UvError error, String call, ThrowingCallable body) {
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(body)
        .satisfies(
            e -> {
              assertThat(e.error()).isEqualTo(error);
              assertThat(e.call()).isEqualTo(call);
            });
  }

  private int handles() {
    int[] count = new int[1];
    loop.walk(handle -> count[0]++);
    return count[0];
  }

  @Test
  void aPipeIsReadableAndWritable() {
    int[] pipe = fds.pipe();
    poll(pipe[0], PollHandle.READABLE);
    runNowait();
    assertThat(log).isEmpty();
    PollHandle sink = poll(pipe[1], PollHandle.WRITABLE);
    runNowait();
    assertThat(log).containsExactly("0 " + PollHandle.WRITABLE);
    sink.stop();
    fds.write(pipe[1]);
    runNowait();
    assertThat(log).endsWith("0 " + PollHandle.READABLE).hasSize(2);
    assertThat(fds.read(pipe[0])).isEqualTo(1);
    runNowait();
    assertThat(log).hasSize(2);
  }

  @Test
  void initMakesTheDescriptorNonBlockingAndKnowsItsNumber() {
    int fd = fds.pipe()[0];
    assertThat(fds.isNonBlocking(fd)).isFalse();
    PollHandle poll = PollHandle.init(loop, fd);
    assertThat(fds.isNonBlocking(fd)).isTrue();
    assertThat(poll.fileno()).isEqualTo(fd);
    assertFails(UvError.EINVAL, "uv_fileno", poll::channel);
    poll.close();
    assertFails(UvError.EBADF, "uv_fileno", poll::fileno);
    assertFails(UvError.EBADF, "uv_fileno", poll::channel);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 1_000_000, Integer.MAX_VALUE})
  void whatIsNoDescriptorIsRefused(int fd) {
    assertFails(UvError.EBADF, "uv_poll_init", () -> PollHandle.init(loop, fd));
    assertThat(handles()).isZero();
  }

  @Test
  void filesAndDirectoriesAreRefusedAndLeftAsTheyAre(@TempDir Path folder) throws IOException {
    int file = fds.open(Files.createFile(folder.resolve("file")).toString());
    assertFails(UvError.EPERM, "uv_poll_init", () -> PollHandle.init(loop, file));
    int directory = fds.open(folder.toString());
    assertFails(UvError.EPERM, "uv_poll_init", () -> PollHandle.init(loop, directory));
    assertThat(fds.isNonBlocking(file)).isFalse();
    assertThat(handles()).isZero();
    PollHandle.init(loop, fds.pipe()[0]);
  }

  @Test
  void aDescriptorHasOneStartedHandle() {
    int[] pipe = fds.pipe();
    fds.write(pipe[1]);
    PollHandle first = PollHandle.init(loop, pipe[0]);
    PollHandle second = PollHandle.init(loop, pipe[0]);
    first.start(PollHandle.READABLE, (handle, status, events) -> log.add("first"));
    assertFails(UvError.EEXIST, "uv_poll_init", () -> PollHandle.init(loop, pipe[0]));
    assertFails(
        UvError.EEXIST, "uv_poll_start", () -> second.start(1, (handle, status, events) -> {}));
    runNowait();
    first.close();
    second.start(PollHandle.READABLE, (handle, status, events) -> log.add("second"));
    runNowait();
    runNowait();
    assertThat(log).containsExactly("first", "second", "second");
  }

  @Test
  void aChannelAndItsNumberAreOneDescriptor() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      PollHandle onChannel = PollHandle.init(loop, source);
      int fd = onChannel.fileno();
      PollHandle onNumber = PollHandle.init(loop, fd);
      assertThat(onNumber.fileno()).isEqualTo(fd);
      onChannel.start(PollHandle.READABLE, (handle, status, events) -> log.add("channel"));
      assertFails(UvError.EEXIST, "uv_poll_init", () -> PollHandle.init(loop, fd));
      assertFails(
          UvError.EEXIST, "uv_poll_start", () -> onNumber.start(1, (handle, status, told) -> {}));
      onChannel.stop();
      onNumber.start(PollHandle.READABLE, (handle, status, events) -> log.add("number"));
      assertFails(UvError.EEXIST, "uv_poll_init", () -> PollHandle.init(loop, source));
      sink.write(ByteBuffer.allocate(1));
      runNowait();
      assertThat(log).containsExactly("number");
    }
    assertThat(handles()).isEqualTo(2);
  }

  @Test
  void aWatcherOfAChannelIsToldThatItIsClosedWhoeverNamedTheDescriptor() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SinkChannel sink = pipe.sink()) {
      PollHandle onChannel = PollHandle.init(loop, pipe.source());
      PollHandle onNumber = poll(onChannel.fileno(), PollHandle.READABLE);
      runNowait();
      pipe.source().close();
      failIfItTakesTooLong();
      loop.run();
      assertThat(log).containsExactly(UvError.EBADF.code() + " 0");
      assertThat(onNumber.isActive()).isFalse();
      assertThat(sink.isOpen()).isTrue();
    }
  }

  private void failIfItTakesTooLong() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          throw new AssertionError("what the loop waits for has not come; " + log);
        },
        60_000,
        0);
    timer.unref();
  }

  @Test
  void stopLetsGoOfTheDescriptorAtOnce() throws IOException {
    try (SocketChannel socket = SocketChannel.open()) {
      PollHandle poll = PollHandle.init(loop, socket);
      poll.start(PollHandle.DISCONNECT, (handle, status, events) -> {});
      runNowait();
      poll.stop();
      socket.configureBlocking(true);
      assertThat(fds.isNonBlocking(poll.fileno())).isFalse();
    }
  }

  /** In C it is undefined; what is promised is that nothing else suffers. */
  @Test
  void aNumberThatIsClosedTooEarlyMayBeStartedAgainForWhatHasItNext() {
    int[] first = fds.pipe();
    PollHandle poll = poll(first[0], PollHandle.READABLE);
    runNowait();
    fds.close(first[0]);
    int[] second = fds.pipe();
    assertThat(second[0]).isEqualTo(first[0]);
    fds.write(second[1]);
    runNowait();
    assertThat(log).isEmpty();
    poll.start(PollHandle.READABLE, (handle, status, events) -> log.add("again " + status));
    runNowait();
    assertThat(log).containsExactly("again 0");
  }

  @Test
  void aNumberThatIsClosedBeforeTheFirstPollIsBroken() {
    int fd = fds.pipe()[0];
    PollHandle poll = poll(fd, PollHandle.READABLE | PollHandle.PRIORITIZED);
    fds.close(fd);
    runNowait();
    assertThat(log).containsExactly(UvError.EBADF.code() + " 0");
    assertThat(poll.isActive()).isFalse();
  }

  // What a selector does not tell: the cases of the poller's section in libuv's behaviour.

  @ParameterizedTest
  @ValueSource(ints = {PollHandle.WRITABLE, PollHandle.DISCONNECT, PollHandle.PRIORITIZED})
  void aHangupAloneIsToldAsWhatWasAskedFor(int asked) {
    int[] pipe = fds.pipe();
    poll(pipe[0], asked);
    fds.close(pipe[1]);
    runNowait();
    assertThat(log).containsExactly("0 " + asked);
  }

  @Test
  void theWriterOfAPipeThatNobodyReadsIsStopped() {
    int[] pipe = fds.pipe();
    PollHandle poll = poll(pipe[1], PollHandle.WRITABLE);
    runNowait();
    fds.close(pipe[0]);
    runNowait();
    runNowait();
    assertThat(log).containsExactly("0 " + PollHandle.WRITABLE, UvError.EBADF.code() + " 0");
    assertThat(poll.isActive()).isFalse();
  }

  @Test
  void anErrorIsUrgentNewsForWhoAskedForThose() {
    int[] pipe = fds.pipe();
    PollHandle poll = poll(pipe[1], PollHandle.PRIORITIZED);
    fds.close(pipe[0]);
    runNowait();
    assertThat(log).containsExactly("0 " + PollHandle.PRIORITIZED);
    assertThat(poll.isActive()).isTrue();
  }

  @Test
  void aPeerThatSendsNoMoreHasDisconnected() throws IOException {
    try (ServerSocketChannel server = server();
        SocketChannel client = SocketChannel.open(server.getLocalAddress());
        SocketChannel accepted = server.accept()) {
      PollHandle poll = PollHandle.init(loop, client);
      poll.start(PollHandle.DISCONNECT, (handle, status, events) -> log.add(status + " " + events));
      runNowait();
      assertThat(log).isEmpty();
      accepted.shutdownOutput();
      loop.run(RunMode.ONCE);
      assertThat(log).containsExactly("0 " + PollHandle.DISCONNECT);
      poll.start(
          PollHandle.DISCONNECT | PollHandle.READABLE,
          (handle, status, events) -> log.add(status + " " + events));
      runNowait();
      assertThat(log).endsWith("0 " + (PollHandle.DISCONNECT | PollHandle.READABLE));
    }
  }

  private static ServerSocketChannel server() throws IOException {
    return ServerSocketChannel.open()
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  // Watchers of other modules.

  @Test
  void aWatcherOfADescriptorBelongsToTheModuleThatMadeIt() {
    int fd = fds.eventfd();
    IoWatcher watcher = IoWatcher.of(loop, fd, "test", (w, events) -> log.add("events " + events));
    watcher.start(IoWatcher.READABLE);
    assertFails(UvError.EEXIST, "test", () -> IoWatcher.of(loop, fd, "test", (w, e) -> {}));
    TimerHandle.init(loop).close();
    runNowait();
    assertThat(log).isEmpty();
    watcher.start(IoWatcher.WRITABLE);
    TimerHandle.init(loop).close();
    runNowait();
    assertThat(log).containsExactly("events " + IoWatcher.WRITABLE);
    watcher.close();
    IoWatcher.of(loop, fd, "test", (w, events) -> {}).close();
  }

  // Upstream's tests that need a descriptor, test-poll.c and its neighbours.

  @Test
  void pollBadFdtype() {
    int fd = fds.open(".");
    assertFails(UvError.EPERM, "uv_poll_init", () -> PollHandle.init(loop, fd));
  }

  @Test
  void pollNestedEpoll() {
    PollHandle poll = PollHandle.init(loop, fds.epoll());
    poll.start(
        PollHandle.READABLE,
        (handle, status, events) -> {
          throw new AssertionError("nothing is watched by it");
        });
    assertThat(loop.run(RunMode.NOWAIT)).isTrue();
    poll.close();
    assertThat(loop.run()).isFalse();
  }

  /** In C a stream reads; the handle is closed all the same while its pipe is open elsewhere. */
  @Test
  void iouringPollhup() {
    int[] pipe = fds.pipe();
    int elsewhere = fds.dup(pipe[0]);
    PollHandle first = poll(pipe[0], PollHandle.READABLE);
    fds.close(pipe[1]);
    runNowait();
    assertThat(log).hasSize(1);
    first.close(handle -> fds.close(pipe[0]));
    loop.run();
    int[] next = fds.pipe();
    assertThat(next[0]).isEqualTo(pipe[0]);
    poll(next[0], PollHandle.READABLE);
    runNowait();
    assertThat(log).as("nothing of the old one under the same number").hasSize(1);
    fds.close(next[1]);
    runNowait();
    assertThat(log).hasSize(2);
    assertThat(fds.read(elsewhere)).isZero();
  }

  @Test
  void manyHandlesOnManyDescriptors() throws IOException {
    List<DatagramChannel> channels = new ArrayList<>();
    try {
      for (int i = 0; i < 100; i++) {
        DatagramChannel channel = DatagramChannel.open();
        channels.add(channel);
        int fd = PollHandle.init(loop, channel).fileno();
        poll(fd, PollHandle.WRITABLE);
      }
      runNowait();
      assertThat(log).hasSize(100).containsOnly("0 " + PollHandle.WRITABLE);
    } finally {
      for (DatagramChannel channel : channels) {
        channel.close();
      }
    }
  }
}
