// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * {@code test/test-callback-stack.c}: no call of ours calls back before it returns, however much is
 * ready by then.
 *
 * <p>The stream of the original is a poll handle on a channel, and its requests to write and to
 * shut down are requests of the test's own, which are answered by a fed watcher.
 */
class CallbackStackTest extends LoopFixture {
  private static final byte[] MESSAGE = "Every callback gets a stack of its own.".getBytes(UTF_8);

  private final ByteBuffer received = ByteBuffer.allocate(2 * MESSAGE.length);
  private final ServerSocketChannel server;
  private final SocketChannel client;
  private SocketChannel peer;
  private PollHandle poll;

  /** How many calls of ours have begun and not returned. */
  private int nested;

  CallbackStackTest() throws IOException {
    server = ServerSocketChannel.open();
    client = SocketChannel.open();
  }

  @AfterEach
  void closeSockets() throws IOException {
    server.close();
    client.close();
    if (peer != null) {
      peer.close();
    }
  }

  @Test
  void callbackStack() throws IOException {
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    poll = PollHandle.init(loop, client);
    client.connect(server.getLocalAddress());
    peer = server.accept();
    call(() -> poll.start(PollHandle.WRITABLE, (handle, status, events) -> connected(status)));

    assertThat(loop.run()).isFalse();

    assertThat(nested).isZero();
    assertThat(log)
        .containsExactlyInAnyOrder(
            "connected", "written", "timer", "timer closed", "shut down", "closed");
    assertThat(received.flip()).isEqualTo(ByteBuffer.wrap(MESSAGE));
  }

  private void connected(int status) {
    calledBack("connected");
    assertThat(status).isZero();
    io(() -> assertThat(client.finishConnect()).isTrue());
    call(poll::stop);
    submit(
        () -> assertThat(client.write(ByteBuffer.wrap(MESSAGE))).isEqualTo(MESSAGE.length),
        this::written);
  }

  private void written(Request request) {
    calledBack("written");
    call(() -> TimerHandle.init(loop).start(this::timer, 500, 0));
  }

  /** What the peer sends back is there to be read before we ask for it. */
  private void timer(TimerHandle timer) {
    calledBack("timer");
    io(
        () -> {
          ByteBuffer echo = ByteBuffer.allocate(MESSAGE.length);
          while (echo.hasRemaining()) {
            assertThat(peer.read(echo)).isPositive();
          }
          assertThat(peer.write(echo.flip())).isEqualTo(MESSAGE.length);
        });
    call(() -> poll.start(PollHandle.READABLE, (handle, status, events) -> read(status)));
    call(() -> timer.close(closed -> calledBack("timer closed")));
  }

  private void read(int status) {
    assertThat(nested).as("a read comes on a fresh stack").isZero();
    assertThat(status).isZero();
    io(
        () -> {
          if (client.read(received) < 0) {
            call(() -> poll.close(closed -> calledBack("closed")));
          } else if (received.position() == MESSAGE.length) {
            submit(client::shutdownOutput, this::shutDownDone);
          }
        });
  }

  private void shutDownDone(Request request) {
    calledBack("shut down");
    io(peer::close);
  }

  /** Does the work at once, and has it answered in the pending phase. */
  private void submit(InputOutput work, Consumer<Request> callback) {
    io(work);
    call(
        () -> {
          TestRequest request = new TestRequest(loop).submit();
          new IoWatcher(loop, new Object(), (fed, events) -> request.answer(callback::accept))
              .feed();
        });
  }

  private void call(Runnable ours) {
    nested++;
    ours.run();
    nested--;
  }

  private void calledBack(String name) {
    assertThat(nested).as("%s comes on a fresh stack", name).isZero();
    log.add(name);
  }

  @FunctionalInterface
  private interface InputOutput {
    void run() throws IOException;
  }

  private static void io(InputOutput body) {
    try {
      body.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
