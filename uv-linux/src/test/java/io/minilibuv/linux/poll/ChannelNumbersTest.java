// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The number that is found is the channel's, whoever else has descriptors at the same time. */
@ExtendWith(LeakCheck.class)
class ChannelNumbersTest {
  private final FaultyCalls faulty = new FaultyCalls();
  private final ChannelNumbers numbers = new ChannelNumbers(faulty.calls());
  private final Fds fds = new Fds();

  @AfterEach
  void closeAll() throws IOException {
    numbers.close();
    fds.close();
  }

  /** Reads by the number what goes in by the channel's other end. */
  private void assertFoundRight(Pipe pipe) throws IOException {
    int fd = numbers.numberOf(pipe.source(), "test");
    for (int bytes = 1; bytes <= 3; bytes++) {
      pipe.sink().write(ByteBuffer.allocate(bytes));
      assertThat(fds.read(fd)).isEqualTo(bytes);
    }
    assertThat(fds.read(fd)).isEqualTo(UvError.EAGAIN.code());
  }

  private void assertFoundRight() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      assertFoundRight(pipe);
      assertThat(numbers.numberOf(sink, "test"))
          .isNotEqualTo(numbers.numberOf(source, "test"))
          .isEqualTo(numbers.numberOf(sink, "test"));
    }
  }

  @Test
  void channelsOfAllKindsHaveNumbers() throws IOException {
    assertFoundRight();
    try (SocketChannel socket = SocketChannel.open();
        ServerSocketChannel server = ServerSocketChannel.open();
        DatagramChannel datagrams = DatagramChannel.open()) {
      assertThat(
              List.of(
                  numbers.numberOf(socket, "test"),
                  numbers.numberOf(server, "test"),
                  numbers.numberOf(datagrams, "test")))
          .doesNotHaveDuplicates()
          .allSatisfy(fd -> assertThat(fds.isNonBlocking(fd)).isTrue());
    }
  }

  @Test
  void afterwardsTheChannelIsFree() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      numbers.numberOf(source, "test");
      assertThat(source.isRegistered()).isFalse();
      source.configureBlocking(true);
      sink.write(ByteBuffer.allocate(1));
      assertThat(source.read(ByteBuffer.allocate(1))).isEqualTo(1);
    }
  }

  @Test
  void aChannelMayBeInSelectorsOfTheUsersToo() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink();
        Selector selector = Selector.open()) {
      source.configureBlocking(false);
      SelectionKey key = source.register(selector, SelectionKey.OP_READ);
      assertFoundRight(pipe);
      assertThat(key.isValid()).isTrue();
      sink.write(ByteBuffer.allocate(1));
      assertThat(selector.selectNow()).isEqualTo(1);
    }
  }

  @Test
  void itIsFoundAmongEpollsThatAreReadyAllTheTimeAndOnesThatNeverAre() throws IOException {
    List<Selector> idle = new ArrayList<>();
    try (Selector ready = Selector.open()) {
      ready.wakeup();
      for (int i = 0; i < 20; i++) {
        idle.add(Selector.open());
        fds.epoll();
      }
      assertFoundRight();
    } finally {
      for (Selector selector : idle) {
        selector.close();
      }
    }
  }

  @Test
  void manyThreadsMayAskWhileDescriptorsComeAndGo() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> asked = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Callable<Void> body =
            () -> {
              for (int n = 0; n < 50; n++) {
                try (Selector selector = Selector.open()) {
                  selector.wakeup();
                  assertFoundRight();
                }
              }
              return null;
            };
        asked.add(threads.submit(body));
      }
      for (Future<?> one : asked) {
        one.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aChannelThatIsClosedHasNone() throws IOException {
    Pipe pipe = Pipe.open();
    pipe.source().close();
    pipe.sink().close();
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(() -> numbers.numberOf(pipe.source(), "test"))
        .satisfies(e -> assertThat(e.error()).isEqualTo(UvError.EBADF));
  }

  @Test
  void aChannelThatAnotherThreadClosesMeanwhileHasItsNumberOrNone() throws Exception {
    ExecutorService closer = Executors.newSingleThreadExecutor();
    int[] none = new int[1];
    try {
      for (int i = 0; i < 300 || (none[0] == 0 && i < 20_000); i++) {
        DatagramChannel channel = DatagramChannel.open();
        Future<?> closed =
            closer.submit(
                () -> {
                  channel.close();
                  return null;
                });
        try {
          assertThat(numbers.numberOf(channel, "test")).isPositive();
        } catch (UvException e) {
          assertThat(e.error()).isEqualTo(UvError.EBADF);
          none[0]++;
        }
        closed.get();
      }
    } finally {
      closer.shutdown();
    }
    assertFoundRight();
    assertThat(none[0]).as("some were closed in time").isPositive();
  }

  @Test
  void theSelectorIsOpenedOnce() throws IOException {
    assertFoundRight();
    long rounds = faulty.count("poll");
    assertThat(rounds).isPositive();
    assertFoundRight();
    assertThat(faulty.count("poll")).isEqualTo(rounds);
  }

  @Test
  void anInterruptedThreadFindsItAndStaysInterrupted() throws IOException {
    Pipe pipe = Pipe.open();
    try (Pipe.SourceChannel source = pipe.source();
        Pipe.SinkChannel sink = pipe.sink()) {
      Thread.currentThread().interrupt();
      int first = numbers.numberOf(source, "test");
      int second = numbers.numberOf(sink, "test");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(first).isNotEqualTo(second);
      assertThat(source.isOpen()).isTrue();
    }
  }
}
