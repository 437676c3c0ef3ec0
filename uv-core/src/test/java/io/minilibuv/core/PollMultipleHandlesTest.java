// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code test/test-poll-multiple-handles.c}. */
@ExtendWith(LeakCheck.class)
class PollMultipleHandlesTest {
  private final Loop loop = Loop.open();
  private SocketChannel socket;
  private int closed;

  @BeforeEach
  void openSocket() throws IOException {
    socket = SocketChannel.open();
  }

  @AfterEach
  void shutDown() throws IOException {
    loop.shutdown();
    socket.close();
  }

  @Test
  void pollMultipleHandles() {
    PollHandle first = PollHandle.init(loop, socket);
    PollHandle second = PollHandle.init(loop, socket);

    first.start(PollHandle.READABLE, PollMultipleHandlesTest::onPoll);
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(() -> second.start(PollHandle.READABLE, PollMultipleHandlesTest::onPoll))
        .satisfies(e -> assertThat(e.error()).isEqualTo(UvError.EEXIST));
    assertThat(second.isActive()).isFalse();

    first.stop();
    second.start(PollHandle.READABLE, PollMultipleHandlesTest::onPoll);

    first.close(handle -> closed++);
    second.unref();
    assertThat(loop.run()).isFalse();
    assertThat(closed).isEqualTo(1);

    second.ref();
    assertThat(second.isActive()).isTrue();
    second.close(handle -> closed++);
    assertThat(loop.run()).isFalse();
    assertThat(closed).isEqualTo(2);
  }

  /** Linux has a socket readable that was never connected; elsewhere nobody calls this. */
  private static void onPoll(PollHandle handle, int status, int events) {
    assertThat(status).isZero();
    assertThat(events).isEqualTo(PollHandle.READABLE);
  }
}
