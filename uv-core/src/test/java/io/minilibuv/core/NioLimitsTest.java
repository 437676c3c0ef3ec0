// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.Test;

/** What poll handles cannot do as in C, since a {@code Selector} does not. */
class NioLimitsTest extends LoopFixture {
  private static final int ANYTHING =
      PollHandle.READABLE | PollHandle.DISCONNECT | PollHandle.PRIORITIZED;

  NioLimitsTest() {
    super(new LoopOptions().pollBackend("nio"));
  }

  /** What happens at the other end of a connection. */
  @FunctionalInterface
  private interface Peer {
    void act(SocketChannel socket) throws IOException;
  }

  /** What happens at the watched end when it is ready. */
  @FunctionalInterface
  private interface Watched {
    void onPoll(PollHandle handle, SocketChannel socket, int events) throws IOException;
  }

  /** Watches one end of a connection for anything while {@code peer} has the other, until it is. */
  private void watch(Peer peer, Watched watched) throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ServerSocketChannel server = ServerSocketChannel.open().bind(any);
        SocketChannel socket = SocketChannel.open(server.getLocalAddress());
        SocketChannel other = server.accept()) {
      PollHandle poll = PollHandle.init(loop, socket);
      poll.start(
          ANYTHING,
          (handle, status, events) -> {
            log.add(status + " " + events);
            assertThat(handle.isActive()).isTrue();
            try {
              watched.onPoll(handle, socket, events);
            } catch (IOException e) {
              throw new AssertionError(e);
            }
          });
      peer.act(other);
      loop.run();
      poll.close();
      loop.run();
    }
  }

  /** The kernel tells of both, but a {@code Selector} does not ask for them. */
  @Test
  void urgentDataAndTheEndOfTheOtherSideAreNotToldAsSuch() throws IOException {
    ByteBuffer read = ByteBuffer.allocate(16);
    watch(
        peer -> {
          peer.socket().sendUrgentData(1);
          peer.write(ByteBuffer.allocate(1));
          peer.close();
        },
        (handle, socket, events) -> {
          if (socket.read(read) < 0) {
            handle.stop();
          }
        });
    assertThat(log).isNotEmpty().containsOnly("0 " + PollHandle.READABLE);
    assertThat(read.position()).isEqualTo(1);
  }

  @Test
  void aConnectionThatWasResetIsReadyAndReadingItMeetsTheError() throws IOException {
    watch(
        peer -> {
          peer.setOption(StandardSocketOptions.SO_LINGER, 0);
          peer.close();
        },
        (handle, socket, events) -> {
          assertThatExceptionOfType(IOException.class)
              .isThrownBy(() -> socket.read(ByteBuffer.allocate(1)));
          handle.stop();
        });
    assertThat(log).containsExactly("0 " + PollHandle.READABLE);
  }

  @Test
  void afterStopAChannelStaysRegisteredUntilItsHandleIsClosed() throws IOException {
    Pipe.SourceChannel channel = readable();
    PollHandle poll = PollHandle.init(loop, channel);
    poll.start(PollHandle.READABLE, (handle, status, events) -> log.add("readable"));
    loop.run(RunMode.NOWAIT);
    poll.stop();
    timer(0, () -> {});
    loop.run();
    assertThat(channel.isRegistered()).isTrue();
    assertThatThrownBy(() -> channel.configureBlocking(true))
        .isInstanceOf(IllegalBlockingModeException.class);
    poll.close();
    loop.run();
    assertThat(channel.isRegistered()).isFalse();
    channel.configureBlocking(true);
    assertThat(log).containsExactly("readable");
  }

  @Test
  void aDescriptorHasNoNumberHere() throws IOException {
    assertThatThrownBy(() -> PollHandle.init(loop, 0))
        .hasMessageStartingWith("ENOTSUP")
        .hasMessageContaining("uv_poll_init");
    PollHandle poll = PollHandle.init(loop, pipe().source());
    assertThatThrownBy(poll::fileno)
        .hasMessageStartingWith("ENOTSUP")
        .hasMessageContaining("uv_fileno");
  }
}
