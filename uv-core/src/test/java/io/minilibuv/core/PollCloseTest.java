// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code test/test-poll-close.c}. */
@ExtendWith(LeakCheck.class)
class PollCloseTest {
  private static final int SOCKETS = 64;
  private static final int BOTH = PollHandle.READABLE | PollHandle.WRITABLE;

  private final Loop loop = Loop.open();
  private final List<SocketChannel> sockets = new ArrayList<>();
  private int polled;
  private int closed;

  @AfterEach
  void shutDown() throws IOException {
    loop.shutdown();
    for (SocketChannel socket : sockets) {
      socket.close();
    }
  }

  /** The callbacks are null in the original, which is a {@link NullPointerException} here. */
  @Test
  void pollClose() throws IOException {
    List<PollHandle> polls = new ArrayList<>();
    for (int i = 0; i < SOCKETS; i++) {
      SocketChannel socket = SocketChannel.open();
      sockets.add(socket);
      PollHandle poll = PollHandle.init(loop, socket);
      polls.add(poll);
      assertThatNullPointerException().isThrownBy(() -> poll.start(BOTH, null));
      assertThat(poll.isActive()).isFalse();
      poll.start(BOTH, (handle, status, events) -> polled++);
      assertThat(poll.isActive()).isTrue();
    }

    for (PollHandle poll : polls) {
      poll.close(handle -> closed++);
    }
    assertThat(loop.run()).isFalse();

    assertThat(closed).isEqualTo(SOCKETS);
    assertThat(polled).isZero();
  }
}
