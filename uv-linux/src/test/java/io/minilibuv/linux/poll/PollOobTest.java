// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.PollHandle;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code test/test-poll-oob.c}. */
@ExtendWith(LeakCheck.class)
class PollOobTest {
  private static final int BOTH = PollHandle.READABLE | PollHandle.WRITABLE;

  private final Loop loop = Loop.open(new LoopOptions().pollBackend("epoll"));
  private final StringBuilder read = new StringBuilder();
  private int urgent;
  private boolean sent;
  private String received = "";

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  /**
   * Java sends one urgent byte at a time and reads none, so that it stays; the original sends five,
   * of which the last is urgent, and reads it. What the loop tells is the same.
   */
  @Test
  void pollOob() throws IOException {
    try (ServerSocketChannel server =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        SocketChannel client = SocketChannel.open(server.getLocalAddress());
        SocketChannel peer = server.accept()) {
      PollHandle onClient = PollHandle.init(loop, client);
      PollHandle onPeer = PollHandle.init(loop, peer);
      TimerHandle limit = TimerHandle.init(loop);
      limit.start(
          handle -> {
            throw new AssertionError("read " + read + ", urgent " + urgent);
          },
          60_000,
          0);
      limit.unref();
      onClient.start(
          PollHandle.PRIORITIZED | BOTH,
          (handle, status, events) -> onClient(handle, client, status, events));
      onPeer.start(
          PollHandle.READABLE,
          (handle, status, events) -> {
            assertThat(status).isZero();
            received = read(peer);
            handle.stop();
          });
      write(peer, "hell");
      peer.socket().sendUrgentData('o');
      write(peer, "world");

      assertThat(loop.run()).isFalse();

      assertThat(urgent).isEqualTo(1);
      assertThat(read).hasToString("hellworld");
      assertThat(received).isEqualTo("foo");
    }
  }

  private void onClient(PollHandle handle, SocketChannel client, int status, int events) {
    assertThat(status).isZero();
    if ((events & PollHandle.PRIORITIZED) != 0) {
      urgent++;
      handle.start(BOTH, (h, s, told) -> onClient(h, client, s, told));
    }
    if ((events & PollHandle.READABLE) != 0) {
      read.append(read(client));
    }
    if ((events & PollHandle.WRITABLE) != 0 && !sent) {
      write(client, "foo");
      sent = true;
    }
    if (urgent > 0 && sent && read.length() == "hellworld".length()) {
      handle.stop();
    }
  }

  private static void write(SocketChannel channel, String text) {
    try {
      channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(SocketChannel channel) {
    ByteBuffer bytes = ByteBuffer.allocate(16);
    try {
      channel.read(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new String(bytes.array(), 0, bytes.position(), StandardCharsets.US_ASCII);
  }
}
