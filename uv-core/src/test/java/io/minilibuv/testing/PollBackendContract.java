// SPDX-License-Identifier: MIT
package io.minilibuv.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.minilibuv.core.CheckHandle;
import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopObserver;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.PollBackend;
import io.minilibuv.core.PollHandle;
import io.minilibuv.core.PollReason;
import io.minilibuv.core.ReadyEvents;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.core.WakeupChannel;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * What every poll backend must do, seen from a loop that stands on it.
 *
 * <p>It asks for what all of them can do. What only some can, such as to tell a half-close or
 * urgent data, is for their own tests.
 */
@ExtendWith(LeakCheck.class)
public abstract class PollBackendContract {
  private static final int MANY = ReadyEvents.CAPACITY + 76;
  private static final int WAKEUPS_WITHOUT_DRAIN = 1_000_000;

  /**
   * How long a loop that lost something waits, before a test fails instead of going on for ever.
   */
  private static final long TOO_LONG_MILLIS = 60_000;

  private final List<Channel> channels = new ArrayList<>();
  private final List<String> log = new ArrayList<>();

  /** What each poll was to wait, and why. */
  private final List<String> polls = new ArrayList<>();

  private final List<Integer> ready = new ArrayList<>();

  private PollBackend backend;
  private Loop loop;

  /** For subclasses. */
  protected PollBackendContract() {}

  /** Opens the backend that is to be tested. */
  protected abstract PollBackend open();

  @BeforeEach
  void openLoop() {
    backend = open();
    loop = Loop.open(new LoopOptions().pollBackend(backend));
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void pollEnter(Loop loop, long timeoutMillis, PollReason why) {
            polls.add(timeoutMillis + " " + why);
          }

          @Override
          public void pollReturn(Loop loop, int count) {
            ready.add(count);
          }
        });
  }

  @AfterEach
  void closeAll() throws IOException {
    loop.shutdown();
    for (Channel channel : channels) {
      channel.close();
    }
  }

  // Channels, and what the tests do with them.

  private <C extends Channel> C opened(C channel) {
    channels.add(channel);
    return channel;
  }

  private Pipe pipe() throws IOException {
    Pipe pipe = Pipe.open();
    opened(pipe.source());
    opened(pipe.sink());
    return pipe;
  }

  private static ByteBuffer oneByte() {
    return ByteBuffer.allocate(1);
  }

  /** The reading end of a pipe with a byte in it. */
  private Pipe.SourceChannel readable() throws IOException {
    Pipe pipe = pipe();
    pipe.sink().write(oneByte());
    return pipe.source();
  }

  private static void drain(ReadableByteChannel channel) {
    try {
      assertThat(channel.read(ByteBuffer.allocate(16))).isPositive();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void close(Channel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private ServerSocketChannel server() throws IOException {
    return opened(ServerSocketChannel.open())
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Both ends of a connection. */
  private List<SocketChannel> connection() throws IOException {
    ServerSocketChannel server = server();
    SocketChannel client = opened(SocketChannel.open(server.getLocalAddress()));
    return List.of(client, opened(server.accept()));
  }

  private PollHandle poll(SelectableChannel channel, int events, PollHandle.Callback callback) {
    PollHandle poll = PollHandle.init(loop, channel);
    poll.start(events, callback);
    return poll;
  }

  private PollHandle poll(SelectableChannel channel, int events, String name) {
    return poll(
        channel, events, (handle, status, told) -> log.add(name + " " + status + " " + told));
  }

  private void runNowait() {
    loop.run(RunMode.NOWAIT);
  }

  private TimerHandle timer(long millis, Runnable body) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> body.run(), millis, 0);
    return timer;
  }

  /** Has a loop that would hang fail the test. */
  private void failIfItTakesTooLong() {
    timer(
            TOO_LONG_MILLIS,
            () -> {
              throw new AssertionError("what the loop waits for has not come; " + log);
            })
        .unref();
  }

  /** A thread that fails the test if it fails. */
  private static final class Background {
    private final Thread thread;
    private volatile Throwable thrown;

    Background(ThrowingBody body) {
      thread =
          new Thread(
              () -> {
                try {
                  body.run();
                } catch (Throwable e) {
                  thrown = e;
                }
              },
              "background");
      thread.start();
    }

    boolean isDone() {
      return !thread.isAlive();
    }

    void join() throws InterruptedException {
      thread.join();
      assertThat(thrown).isNull();
    }

    /** Joins a thread that interrupts this one, and gives whether it did; the status is cleared. */
    boolean joinInterrupted() {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      assertThat(thrown).isNull();
      return Thread.interrupted() || interrupted;
    }
  }

  @FunctionalInterface
  private interface ThrowingBody {
    void run() throws Exception;
  }

  /** Waits until {@code thread} is inside the backend's poll. */
  private void awaitPolling(Thread thread) {
    String type = backend.getClass().getName();
    await()
        .until(
            () ->
                Arrays.stream(thread.getStackTrace())
                    .anyMatch(
                        frame ->
                            frame.getClassName().equals(type)
                                && frame.getMethodName().equals("poll")));
  }

  // Readiness.

  @Test
  void aBackendHasAName() {
    assertThat(backend.name()).isNotBlank();
  }

  @Test
  void readableIsWhatThereIsSomethingToReadFrom() throws IOException {
    Pipe pipe = pipe();
    poll(pipe.source(), PollHandle.READABLE, "source");
    runNowait();
    assertThat(log).isEmpty();
    pipe.sink().write(oneByte());
    runNowait();
    assertThat(log).containsExactly("source 0 " + PollHandle.READABLE);
  }

  @Test
  void readableIsTheEndToo() throws IOException {
    Pipe pipe = pipe();
    poll(pipe.source(), PollHandle.READABLE, "source");
    pipe.sink().close();
    runNowait();
    assertThat(log).containsExactly("source 0 " + PollHandle.READABLE);
    assertThat(pipe.source().read(oneByte())).isEqualTo(-1);
  }

  @Test
  void writableIsWhatThereIsRoomIn() throws IOException {
    Pipe pipe = pipe();
    PollHandle poll = poll(pipe.sink(), PollHandle.WRITABLE, "sink");
    runNowait();
    assertThat(log).containsExactly("sink 0 " + PollHandle.WRITABLE);
    while (pipe.sink().write(ByteBuffer.allocate(4096)) > 0) {
      // Until it is full.
    }
    runNowait();
    assertThat(log).hasSize(1);
    ByteBuffer all = ByteBuffer.allocate(1 << 20);
    assertThat(pipe.source().read(all)).isPositive();
    runNowait();
    assertThat(log).hasSize(2);
    assertThat(poll.isActive()).isTrue();
  }

  @Test
  void oneCallTellsOfAllThatIsReady() throws IOException {
    List<SocketChannel> ends = connection();
    ends.get(1).write(oneByte());
    SocketChannel socket = ends.get(0);
    failIfItTakesTooLong();
    PollHandle poll = poll(socket, PollHandle.READABLE, "socket");
    loop.run(RunMode.ONCE);
    poll.start(
        PollHandle.READABLE | PollHandle.WRITABLE,
        (handle, status, events) -> log.add("both " + status + " " + events));
    runNowait();
    assertThat(log).containsExactly("socket 0 1", "both 0 3");
  }

  @Test
  void onlyWhatWasAskedForIsTold() throws IOException {
    List<SocketChannel> ends = connection();
    PollHandle poll = poll(ends.get(0), PollHandle.READABLE, "readable");
    runNowait();
    assertThat(log).isEmpty();
    poll.start(
        PollHandle.READABLE | PollHandle.WRITABLE,
        (handle, status, events) -> log.add("both " + status + " " + events));
    runNowait();
    assertThat(log).containsExactly("both 0 " + PollHandle.WRITABLE);
    poll.start(PollHandle.READABLE, (handle, status, events) -> log.add("readable again"));
    runNowait();
    assertThat(log).hasSize(1);
  }

  @Test
  void aServerWithAConnectionIsReadable() throws IOException {
    ServerSocketChannel server = server();
    poll(server, PollHandle.READABLE, "server");
    runNowait();
    assertThat(log).isEmpty();
    opened(SocketChannel.open(server.getLocalAddress()));
    failIfItTakesTooLong();
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("server 0 " + PollHandle.READABLE);
    assertThat(opened(server.accept())).isNotNull();
    runNowait();
    assertThat(log).hasSize(1);
  }

  @Test
  void aSocketThatGetsConnectedIsWritable() throws IOException {
    ServerSocketChannel server = server();
    SocketChannel socket = opened(SocketChannel.open());
    socket.configureBlocking(false);
    socket.connect(server.getLocalAddress());
    poll(
        socket,
        PollHandle.WRITABLE,
        (handle, status, events) -> {
          log.add(status + " " + events);
          handle.stop();
        });
    failIfItTakesTooLong();
    loop.run();
    assertThat(log).containsExactly("0 " + PollHandle.WRITABLE);
    assertThat(socket.finishConnect()).isTrue();
  }

  @Test
  void aHandleGoesOnAfterItsSocketGotConnected() throws IOException {
    ServerSocketChannel server = server();
    SocketChannel socket = opened(SocketChannel.open());
    socket.configureBlocking(false);
    socket.connect(server.getLocalAddress());
    failIfItTakesTooLong();
    poll(
        socket,
        PollHandle.WRITABLE | PollHandle.READABLE,
        (handle, status, events) -> {
          try {
            assertThat(socket.finishConnect()).isTrue();
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          log.add("connected " + events);
          handle.start(PollHandle.READABLE, (h, s, told) -> log.add("readable " + told));
        });
    loop.run(RunMode.ONCE);
    runNowait();
    assertThat(log).containsExactly("connected " + PollHandle.WRITABLE);
    opened(server.accept()).write(oneByte());
    loop.run(RunMode.ONCE);
    assertThat(log).endsWith("readable " + PollHandle.READABLE).hasSize(2);
  }

  @Test
  void aSocketThatIsRefusedIsToldSomething() throws IOException {
    ServerSocketChannel server = server();
    InetSocketAddress nobody = (InetSocketAddress) server.getLocalAddress();
    server.close();
    SocketChannel socket = opened(SocketChannel.open());
    socket.configureBlocking(false);
    try {
      socket.connect(nobody);
    } catch (ConnectException e) {
      // Where the system refuses at once, there is nothing to wait for.
      return;
    }
    poll(
        socket,
        PollHandle.WRITABLE,
        (handle, status, events) -> {
          log.add("told");
          handle.stop();
        });
    failIfItTakesTooLong();
    loop.run();
    assertThat(log).containsExactly("told");
    assertThatThrownBy(socket::finishConnect).isInstanceOf(ConnectException.class);
  }

  @Test
  void datagramChannelsAreWatchedToo() throws IOException {
    DatagramChannel receiver = datagramChannel();
    DatagramChannel sender = datagramChannel();
    failIfItTakesTooLong();
    poll(receiver, PollHandle.READABLE, "receiver");
    runNowait();
    assertThat(log).isEmpty();
    sender.send(oneByte(), receiver.getLocalAddress());
    loop.run(RunMode.ONCE);
    assertThat(log).containsExactly("receiver 0 " + PollHandle.READABLE);
  }

  private DatagramChannel datagramChannel() throws IOException {
    return opened(DatagramChannel.open())
        .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @Test
  void readinessIsToldInEveryPollForAsLongAsItLasts() throws IOException {
    Pipe.SourceChannel source = readable();
    poll(source, PollHandle.READABLE, "source");
    runNowait();
    runNowait();
    runNowait();
    assertThat(log).hasSize(3);
    drain(source);
    runNowait();
    assertThat(log).hasSize(3);
  }

  @Test
  void aStoppedHandleIsNotToldAndMayBeStartedAgain() throws IOException {
    PollHandle poll = poll(readable(), PollHandle.READABLE, "first");
    runNowait();
    poll.stop();
    runNowait();
    assertThat(log).hasSize(1);
    poll.start(PollHandle.READABLE, (handle, status, events) -> log.add("second"));
    poll.stop();
    runNowait();
    poll.start(PollHandle.READABLE, (handle, status, events) -> log.add("third"));
    runNowait();
    runNowait();
    assertThat(log).containsExactly("first 0 1", "third", "third");
  }

  @Test
  void anInterestInNothingThatCanComeIsNeverTold() throws IOException {
    poll(readable(), PollHandle.WRITABLE, "source");
    poll(pipe().sink(), PollHandle.READABLE, "sink");
    runNowait();
    runNowait();
    assertThat(log).isEmpty();
  }

  // A batch, and callbacks that change it.

  /** Starts two ready handles; the one called first does {@code toOther} to the other one. */
  private void twoOfWhichTheFirstCalled(Consumer<PollHandle> toOther) throws IOException {
    PollHandle[] handles = new PollHandle[2];
    for (int i = 0; i < 2; i++) {
      handles[i] =
          poll(
              readable(),
              PollHandle.READABLE,
              (handle, status, events) -> {
                log.add("called");
                if (log.size() == 1) {
                  toOther.accept(handles[handle == handles[0] ? 1 : 0]);
                }
              });
    }
  }

  @Test
  void aHandleThatACallbackStopsIsNotCalledThoughItWasReady() throws IOException {
    twoOfWhichTheFirstCalled(PollHandle::stop);
    runNowait();
    assertThat(ready).containsExactly(2);
    assertThat(log).hasSize(1);
    runNowait();
    assertThat(log).hasSize(2);
  }

  @Test
  void aHandleThatACallbackClosesIsNotCalledThoughItWasReady() throws IOException {
    twoOfWhichTheFirstCalled(other -> other.close(closed -> log.add("closed")));
    runNowait();
    assertThat(ready).containsExactly(2);
    assertThat(log).containsExactly("called", "closed");
  }

  @Test
  void aHandleThatACallbackStartsAnewIsCalledInTheNextPollOnly() throws IOException {
    twoOfWhichTheFirstCalled(
        other ->
            other.start(PollHandle.READABLE, (handle, status, events) -> log.add("started anew")));
    runNowait();
    assertThat(ready).containsExactly(2);
    assertThat(log).containsExactly("called");
    runNowait();
    assertThat(log).hasSize(3).contains("started anew");
  }

  @Test
  void aHandleThatRestartsItsSiblingInEveryCallbackStarvesIt() throws IOException {
    PollHandle[] handles = new PollHandle[2];
    int[] calls = new int[2];
    for (int i = 0; i < 2; i++) {
      int me = i;
      handles[i] = PollHandle.init(loop, readable());
      handles[i].start(
          PollHandle.READABLE,
          new PollHandle.Callback() {
            @Override
            public void onPoll(PollHandle handle, int status, int events) {
              calls[me]++;
              int other = 1 - me;
              handles[other].start(PollHandle.READABLE, (h, s, e) -> calls[other]++);
            }
          });
    }
    runNowait();
    assertThat(calls[0] + calls[1]).isEqualTo(1);
  }

  @Test
  void moreThanOneBatchIsReadyInOnePhase() throws IOException {
    for (int i = 0; i < MANY; i++) {
      poll(
          opened(DatagramChannel.open()),
          PollHandle.WRITABLE,
          (handle, status, events) -> {
            log.add("called");
            handle.stop();
          });
    }
    failIfItTakesTooLong();
    loop.run(RunMode.ONCE);
    assertThat(log).hasSize(MANY);
    assertThat(ready).containsExactly(ReadyEvents.CAPACITY, MANY - ReadyEvents.CAPACITY);
    assertThat(polls).hasSize(2).endsWith("0 LOOK");
  }

  @Test
  void whatDidNotFitIntoTheBatchesIsNotLost() throws IOException {
    int[] calls = new int[MANY];
    for (int i = 0; i < MANY; i++) {
      int me = i;
      poll(
          opened(DatagramChannel.open()),
          PollHandle.WRITABLE,
          (handle, status, events) -> calls[me]++);
    }
    CheckHandle check = CheckHandle.init(loop);
    check.start(handle -> log.add("check"));
    runNowait();
    assertThat(log).containsExactly("check");
    assertThat(calls).doesNotContain(0);
  }

  // Closing handles and channels.

  @Test
  void aChannelIsTheUsersAgainInTheCloseCallback() throws IOException {
    Pipe.SourceChannel source = readable();
    PollHandle poll = poll(source, PollHandle.READABLE, "poll");
    runNowait();
    poll.close(
        closed -> {
          try {
            source.configureBlocking(true);
          } catch (IOException e) {
            throw new AssertionError(e);
          }
          drain(source);
          log.add("blocking " + source.isBlocking());
        });
    loop.run();
    assertThat(log).containsExactly("poll 0 1", "blocking true");
  }

  @Test
  void aChannelMayBeWatchedAnewFromTheCloseCallbackOn() throws IOException {
    Pipe.SourceChannel source = readable();
    PollHandle poll = poll(source, PollHandle.READABLE, "first");
    runNowait();
    poll.close(closed -> poll(source, PollHandle.READABLE, "second"));
    runNowait();
    runNowait();
    assertThat(log).containsExactly("first 0 1", "second 0 1");
  }

  @Test
  void aChannelMayBeWatchedAnewBeforeTheCloseCallback() throws IOException {
    Pipe.SourceChannel source = readable();
    PollHandle poll = poll(source, PollHandle.READABLE, "first");
    runNowait();
    poll.close(closed -> log.add("closed"));
    poll(source, PollHandle.READABLE, "second");
    runNowait();
    runNowait();
    assertThat(log).containsExactly("first 0 1", "second 0 1", "closed", "second 0 1");
  }

  @Test
  void aChannelMayBeClosedInTheCloseCallback() throws IOException {
    Pipe.SourceChannel source = readable();
    poll(
        source,
        PollHandle.READABLE,
        (handle, status, events) -> {
          log.add("called");
          handle.close(closed -> close(source));
        });
    loop.run();
    assertThat(log).containsExactly("called");
    assertThat(source.isOpen()).isFalse();
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void aChannelClosedInTheCloseCallbackIsGoneForItsPeerAtOnce() throws IOException {
    Pipe pipe = pipe();
    pipe.sink().write(oneByte());
    poll(
        pipe.source(),
        PollHandle.READABLE,
        (handle, status, events) ->
            handle.close(
                closed -> {
                  close(pipe.source());
                  assertThatThrownBy(() -> pipe.sink().write(oneByte()))
                      .isInstanceOf(IOException.class);
                  log.add("gone");
                }));
    loop.run();
    assertThat(log).containsExactly("gone");
  }

  @Test
  void aChannelOfAHandleThatWasNeverStartedIsTheUsersToo() throws IOException {
    Pipe.SourceChannel source = readable();
    PollHandle.init(loop, source)
        .close(
            closed -> {
              try {
                source.configureBlocking(true);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
              log.add("closed");
            });
    loop.run();
    assertThat(log).containsExactly("closed");
  }

  @Test
  void aChannelIsFreeWhenItsLoopIsClosed() throws IOException {
    Pipe.SourceChannel source = readable();
    poll(source, PollHandle.READABLE, "poll");
    runNowait();
    loop.shutdown();
    source.configureBlocking(true);
    drain(source);
    assertThat(log).hasSize(1);
  }

  @Test
  void aChannelClosedBeforeTheFirstPollIsBroken() throws IOException {
    Pipe pipe = pipe();
    PollHandle poll = poll(pipe.source(), PollHandle.READABLE, "poll");
    pipe.source().close();
    failIfItTakesTooLong();
    loop.run();
    assertThat(log).containsExactly("poll " + UvError.EBADF.code() + " 0");
    assertThat(poll.isActive()).isFalse();
  }

  @Test
  void aChannelClosedUnderAStartedHandleIsBroken() throws IOException {
    Pipe pipe = pipe();
    PollHandle poll = poll(pipe.source(), PollHandle.READABLE, "poll");
    runNowait();
    pipe.source().close();
    failIfItTakesTooLong();
    loop.run();
    assertThat(log).containsExactly("poll " + UvError.EBADF.code() + " 0");
    assertThat(poll.isActive()).isFalse();
    runNowait();
    assertThat(log).hasSize(1);
  }

  /**
   * Urgent data comes with the same event as an error, in some systems; a closed channel has none.
   */
  @Test
  void aClosedChannelIsBrokenAlsoForAHandleThatWaitsForUrgentData() throws IOException {
    Pipe pipe = pipe();
    PollHandle poll = poll(pipe.source(), PollHandle.READABLE | PollHandle.PRIORITIZED, "poll");
    runNowait();
    pipe.source().close();
    failIfItTakesTooLong();
    loop.run();
    assertThat(log).containsExactly("poll " + UvError.EBADF.code() + " 0");
    assertThat(poll.isActive()).isFalse();
  }

  /** The system gives its descriptor's number to the next one that is opened. */
  @Test
  void aChannelClosedUnderAStartedHandleLeavesTheNextChannelAlone() throws IOException {
    SocketChannel first = opened(SocketChannel.open());
    PollHandle old = poll(first, PollHandle.DISCONNECT, "old");
    runNowait();
    first.close();
    DatagramChannel second = opened(DatagramChannel.open());
    PollHandle next = poll(second, PollHandle.WRITABLE, "next");
    runNowait();
    assertThat(log).contains("next 0 " + PollHandle.WRITABLE);
    next.stop();
    failIfItTakesTooLong();
    loop.run();
    assertThat(log).contains("old " + UvError.EBADF.code() + " 0");
    old.close();
    next.start(PollHandle.WRITABLE, (handle, status, events) -> log.add("next again " + status));
    runNowait();
    assertThat(log).endsWith("next again 0");
  }

  @Test
  void anInterruptedThreadMayMakeAHandle() throws IOException {
    Pipe.SourceChannel source = readable();
    Thread.currentThread().interrupt();
    poll(source, PollHandle.READABLE, "source");
    runNowait();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(log).containsExactly("source 0 1");
    assertThat(source.isOpen()).isTrue();
  }

  @Test
  void aChannelClosedByACallbackOfItsOwnHandleIsBroken() throws IOException {
    Pipe.SourceChannel source = readable();
    poll(
        source,
        PollHandle.READABLE,
        (handle, status, events) -> {
          log.add(status + " " + events);
          close(source);
        });
    failIfItTakesTooLong();
    loop.run();
    assertThat(log).containsExactly("0 1", UvError.EBADF.code() + " 0");
  }

  @Test
  void aBrokenHandleMayBeClosed() throws IOException {
    Pipe pipe = pipe();
    PollHandle poll = poll(pipe.source(), PollHandle.READABLE, "poll");
    runNowait();
    pipe.source().close();
    poll.close(closed -> log.add("closed"));
    loop.run();
    assertThat(log).containsExactly("closed");
  }

  @Test
  void aStoppedHandleIsNotToldThatItsChannelIsClosed() throws IOException {
    Pipe pipe = pipe();
    PollHandle poll = poll(pipe.source(), PollHandle.READABLE, "poll");
    runNowait();
    poll.stop();
    pipe.source().close();
    runNowait();
    runNowait();
    assertThat(log).isEmpty();
    poll.start(PollHandle.READABLE, (handle, status, events) -> log.add("started: " + status));
    failIfItTakesTooLong();
    loop.run();
    assertThat(log).containsExactly("started: " + UvError.EBADF.code());
  }

  @Test
  void aChannelClosedAfterItsHandleWasStoppedIsGoneForItsPeerThoughTheLoopNeverWaits()
      throws IOException {
    Pipe pipe = pipe();
    pipe.source().configureBlocking(false);
    PollHandle poll = poll(pipe.sink(), PollHandle.WRITABLE, "sink");
    timer(10_000, () -> {});
    runNowait();
    poll.stop();
    pipe.sink().close();
    runNowait();
    assertThat(pipe.source().read(oneByte())).isEqualTo(-1);
  }

  @Test
  void aChannelThatAnotherThreadClosesWhileTheLoopWaitsIsBroken()
      throws IOException, InterruptedException {
    Pipe pipe = pipe();
    poll(pipe.source(), PollHandle.READABLE, "poll");
    failIfItTakesTooLong();
    Thread waiting = Thread.currentThread();
    Background closer =
        new Background(
            () -> {
              awaitPolling(waiting);
              pipe.source().close();
            });
    loop.run();
    closer.join();
    assertThat(log).containsExactly("poll " + UvError.EBADF.code() + " 0");
  }

  @Test
  void aChannelThatAnotherThreadClosesIsBrokenAlsoIfTheLoopWaitsForOthersToo()
      throws IOException, InterruptedException {
    Pipe pipe = pipe();
    PollHandle other = poll(pipe().source(), PollHandle.READABLE, "other");
    try (Wakeup wakeup = new Wakeup()) {
      poll(
          pipe.source(),
          PollHandle.READABLE,
          (handle, status, events) -> {
            log.add("poll " + status);
            other.stop();
          });
      failIfItTakesTooLong();
      Thread waiting = Thread.currentThread();
      Background closer =
          new Background(
              () -> {
                awaitPolling(waiting);
                pipe.source().close();
              });
      loop.run();
      closer.join();
      assertThat(wakeup.calls).isEqualTo(0);
    }
    assertThat(log).containsExactly("poll " + UvError.EBADF.code());
  }

  @Test
  void channelsThatAnotherThreadClosesAreAllBrokenInTheEndAndNothingElseHappens()
      throws IOException, InterruptedException {
    int many = 200;
    List<Pipe.SourceChannel> sources = new ArrayList<>();
    int[] broken = new int[1];
    for (int i = 0; i < many; i++) {
      Pipe.SourceChannel source = readable();
      sources.add(source);
      poll(source, PollHandle.READABLE, new Restarting(broken));
    }
    failIfItTakesTooLong();
    Thread running = Thread.currentThread();
    Background closer =
        new Background(
            () -> {
              awaitPolling(running);
              for (Pipe.SourceChannel source : sources) {
                source.close();
                // The loop goes on meanwhile, so that each is closed at another point of it.
                for (int i = 0; i < 200; i++) {
                  Thread.onSpinWait();
                }
              }
            });
    loop.run();
    closer.join();
    assertThat(broken[0]).isEqualTo(many);
  }

  /** Stops and starts its handle again and again, until that is broken. */
  private static final class Restarting implements PollHandle.Callback {
    private final int[] broken;
    private int calls;

    Restarting(int[] broken) {
      this.broken = broken;
    }

    @Override
    public void onPoll(PollHandle handle, int status, int events) {
      if (status < 0) {
        broken[0]++;
      } else if (++calls % 2 == 0) {
        handle.start(PollHandle.READABLE, this);
      }
    }
  }

  // Waiting.

  @Test
  void aLoopWithNothingButATimerWaitsInItsPoll() {
    long began = loop.now();
    timer(200, () -> log.add("timer"));
    loop.run();
    assertThat(log).containsExactly("timer");
    assertThat(loop.now() - began).isGreaterThanOrEqualTo(200);
    assertThat(polls).hasSizeLessThan(6);
  }

  @Test
  void aLoopWithNothingReadyWaitsForItsTimer() throws IOException {
    long began = loop.now();
    PollHandle quiet = poll(pipe().source(), PollHandle.READABLE, "quiet");
    timer(200, quiet::stop);
    loop.run();
    assertThat(log).isEmpty();
    assertThat(loop.now() - began).isGreaterThanOrEqualTo(200);
    assertThat(polls).hasSizeLessThan(6);
  }

  @Test
  void aWaitEndsWhenSomethingIsReady() throws IOException, InterruptedException {
    Pipe pipe = pipe();
    poll(
        pipe.source(),
        PollHandle.READABLE,
        (handle, status, events) -> {
          log.add("readable");
          handle.stop();
        });
    failIfItTakesTooLong();
    Thread waiting = Thread.currentThread();
    Background writer =
        new Background(
            () -> {
              awaitPolling(waiting);
              pipe.sink().write(oneByte());
            });
    loop.run();
    writer.join();
    assertThat(log).containsExactly("readable");
    assertThat(polls).hasSizeLessThan(6);
  }

  @Test
  void anInterruptedThreadWaitsItsWholeTimeAndStaysInterrupted() {
    long began = loop.now();
    timer(200, () -> log.add("timer"));
    Thread.currentThread().interrupt();
    loop.run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(log).containsExactly("timer");
    assertThat(loop.now() - began).isGreaterThanOrEqualTo(200);
    assertThat(polls).hasSizeLessThan(6);
  }

  @Test
  void anInterruptThatComesDuringTheWaitDoesNotEndItAndIsNotLost() {
    assertWaitsAreWhole(1);
  }

  @Test
  void manyInterruptsDoNotEndTheWait() {
    assertWaitsAreWhole(50);
  }

  /** Waits 300 ms, and again for as long as it takes until it was interrupted so often. */
  private void assertWaitsAreWhole(int interrupts) {
    Thread waiting = Thread.currentThread();
    Background interrupter =
        new Background(
            () -> {
              awaitPolling(waiting);
              for (int i = 0; i < interrupts; i++) {
                waiting.interrupt();
              }
            });
    int[] waits = new int[1];
    TimerHandle timer = TimerHandle.init(loop);
    long began = loop.now();
    timer.start(
        handle -> {
          waits[0]++;
          if (interrupter.isDone()) {
            handle.close();
          }
        },
        300,
        300);
    loop.run();
    assertThat(interrupter.joinInterrupted()).isTrue();
    assertThat(loop.now() - began).isGreaterThanOrEqualTo(300L * waits[0]);
    assertThat(polls).hasSizeLessThan(waits[0] + interrupts + 7);
  }

  @Test
  void anInterruptedThreadIsToldWhatIsReady() throws IOException {
    Pipe.SourceChannel source = readable();
    poll(
        source,
        PollHandle.READABLE,
        (handle, status, events) -> {
          log.add(status + " " + events + " interrupted " + Thread.currentThread().isInterrupted());
          handle.stop();
        });
    failIfItTakesTooLong();
    Thread.currentThread().interrupt();
    loop.run();
    assertThat(Thread.interrupted()).isTrue();
    assertThat(log).containsExactly("0 1 interrupted true");
    assertThat(source.isOpen()).isTrue();
    drain(source);
  }

  // The wake-up channel.

  /** The loop's wake-up channel with its watcher, as the module above has it. */
  private final class Wakeup implements AutoCloseable {
    final WakeupChannel channel = WakeupChannel.open(loop);
    final IoWatcher watcher = new IoWatcher(loop, channel.target(), (w, events) -> woken(events));
    int calls;
    Runnable body = channel::drain;

    Wakeup() {
      watcher.start(IoWatcher.READABLE);
    }

    private void woken(int events) {
      assertThat(events).isEqualTo(IoWatcher.READABLE);
      calls++;
      body.run();
    }

    /** Watchers do not keep a loop alive. A timer that nobody waits for does. */
    TimerHandle waitUntilWoken() {
      TimerHandle waiting =
          timer(
              TOO_LONG_MILLIS,
              () -> {
                throw new AssertionError("not woken after " + calls);
              });
      body =
          () -> {
            channel.drain();
            waiting.stop();
          };
      return waiting;
    }

    void poll() {
      TimerHandle alive = timer(0, () -> {});
      runNowait();
      alive.close();
      runNowait();
    }

    @Override
    public void close() {
      watcher.close();
      poll();
      channel.close();
    }
  }

  @Test
  void aWakeupBeforeThePollEndsIt() {
    try (Wakeup wakeup = new Wakeup()) {
      wakeup.waitUntilWoken();
      wakeup.channel.wakeup();
      loop.run();
      assertThat(wakeup.calls).isEqualTo(1);
    }
  }

  @Test
  void aWakeupDuringThePollEndsIt() throws InterruptedException {
    try (Wakeup wakeup = new Wakeup()) {
      wakeup.waitUntilWoken();
      Thread waiting = Thread.currentThread();
      Background sender =
          new Background(
              () -> {
                awaitPolling(waiting);
                wakeup.channel.wakeup();
              });
      loop.run();
      sender.join();
      assertThat(wakeup.calls).isEqualTo(1);
    }
  }

  @Test
  void theWakeupIsALatchAndNoCounter() {
    try (Wakeup wakeup = new Wakeup()) {
      wakeup.poll();
      assertThat(wakeup.calls).isEqualTo(0);
      wakeup.channel.wakeup();
      wakeup.channel.wakeup();
      wakeup.channel.wakeup();
      wakeup.poll();
      assertThat(wakeup.calls).isEqualTo(1);
      wakeup.poll();
      assertThat(wakeup.calls).isEqualTo(1);
      wakeup.channel.wakeup();
      wakeup.poll();
      assertThat(wakeup.calls).isEqualTo(2);
    }
  }

  @Test
  void aWakeupLastsUntilItIsDrained() {
    try (Wakeup wakeup = new Wakeup()) {
      wakeup.body = () -> {};
      wakeup.channel.wakeup();
      runNowaitAlive();
      runNowaitAlive();
      assertThat(wakeup.calls).isEqualTo(2);
      wakeup.channel.drain();
      wakeup.channel.drain();
      runNowaitAlive();
      assertThat(wakeup.calls).isEqualTo(2);
      wakeup.channel.wakeup();
      runNowaitAlive();
      assertThat(wakeup.calls).isEqualTo(3);
      wakeup.channel.drain();
    }
  }

  @Test
  void aWakeupThatIsNotDrainedIsToldAlsoAmongMoreOthersThanABatchHolds() throws IOException {
    for (int i = 0; i < MANY; i++) {
      poll(opened(DatagramChannel.open()), PollHandle.WRITABLE, (handle, status, events) -> {});
    }
    try (Wakeup wakeup = new Wakeup()) {
      wakeup.body = () -> {};
      wakeup.channel.wakeup();
      for (int round = 0; round < 3; round++) {
        int before = wakeup.calls;
        runNowait();
        assertThat(wakeup.calls).isGreaterThan(before);
      }
      wakeup.channel.drain();
      int before = wakeup.calls;
      runNowait();
      assertThat(wakeup.calls).isEqualTo(before);
    }
  }

  private void runNowaitAlive() {
    TimerHandle.init(loop).close();
    runNowait();
  }

  @Test
  void aWakeupDuringItsCallbackComesInTheNextPoll() {
    try (Wakeup wakeup = new Wakeup()) {
      wakeup.body =
          () -> {
            wakeup.channel.drain();
            if (wakeup.calls == 1) {
              wakeup.channel.wakeup();
            }
          };
      wakeup.channel.wakeup();
      runNowaitAlive();
      assertThat(wakeup.calls).isEqualTo(1);
      runNowaitAlive();
      assertThat(wakeup.calls).isEqualTo(2);
      runNowaitAlive();
      assertThat(wakeup.calls).isEqualTo(2);
    }
  }

  @Test
  void theChannelNeverFillsUp() {
    try (Wakeup wakeup = new Wakeup()) {
      for (int i = 0; i < WAKEUPS_WITHOUT_DRAIN; i++) {
        wakeup.channel.wakeup();
      }
      wakeup.poll();
      wakeup.poll();
      assertThat(wakeup.calls).isEqualTo(1);
    }
  }

  @Test
  void noWakeupOfManySendersIsLostAndWhatTheyWroteBeforeIsSeen() throws InterruptedException {
    int senders = 4;
    int each = 20_000;
    int[] written = new int[senders * 16];
    try (Wakeup wakeup = new Wakeup()) {
      TimerHandle waiting = wakeup.waitUntilWoken();
      wakeup.body =
          () -> {
            wakeup.channel.drain();
            int sum = 0;
            for (int i = 0; i < senders; i++) {
              sum += written[i * 16];
            }
            if (sum == senders * each) {
              waiting.stop();
            }
          };
      List<Background> threads = new ArrayList<>();
      for (int i = 0; i < senders; i++) {
        int mine = i * 16;
        threads.add(
            new Background(
                () -> {
                  for (int n = 0; n < each; n++) {
                    written[mine]++;
                    wakeup.channel.wakeup();
                  }
                }));
      }
      loop.run();
      for (Background thread : threads) {
        thread.join();
      }
      assertThat(wakeup.calls).isPositive();
    }
  }

  @Test
  void anInterruptedSenderWakesTheLoopAndHarmsNothing() throws InterruptedException {
    try (Wakeup wakeup = new Wakeup()) {
      for (int round = 1; round <= 3; round++) {
        wakeup.waitUntilWoken();
        Background sender =
            new Background(
                () -> {
                  Thread.currentThread().interrupt();
                  wakeup.channel.wakeup();
                  assertThat(Thread.interrupted()).isTrue();
                });
        loop.run();
        sender.join();
        assertThat(wakeup.calls).isEqualTo(round);
      }
    }
  }

  @Test
  void anInterruptedLoopDrainsAndIsWokenAgain() throws InterruptedException {
    try (Wakeup wakeup = new Wakeup()) {
      for (int round = 1; round <= 3; round++) {
        wakeup.waitUntilWoken();
        Thread waiting = Thread.currentThread();
        waiting.interrupt();
        Background sender =
            new Background(
                () -> {
                  awaitPolling(waiting);
                  wakeup.channel.wakeup();
                });
        loop.run();
        assertThat(Thread.interrupted()).isTrue();
        sender.join();
        assertThat(wakeup.calls).isEqualTo(round);
      }
    }
  }

  /** Until the compiler has come by, a call may allocate; it must not do so for ever. */
  @Test
  void aWakeupAllocatesNothing() {
    try (Wakeup wakeup = new Wakeup()) {
      Allocations.awaitNone(
          () -> {
            wakeup.channel.wakeup();
            wakeup.channel.wakeup();
            wakeup.channel.drain();
          });
      wakeup.poll();
      assertThat(wakeup.calls).isEqualTo(0);
    }
  }
}
