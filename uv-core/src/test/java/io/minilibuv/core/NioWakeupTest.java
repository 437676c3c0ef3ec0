// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What only a look at the pipe itself can show; {@code PollBackendContract} has the rest. */
@ExtendWith(LeakCheck.class)
class NioWakeupTest {

  @Test
  void aSenderDoesNotBlockWhenThePipeIsFull() throws IOException {
    Pipe pipe = Pipe.open();
    NioWakeup wakeup = new NioWakeup(pipe);
    try {
      fill(pipe);
      // A blocking write would be ended by the interrupt that comes with the timeout.
      assertTimeoutPreemptively(Duration.ofSeconds(20), wakeup::wakeup);
      assertThat(pipe.sink().isOpen()).isTrue();
      wakeup.drain();
      assertThat(pipe.source().read(ByteBuffer.allocate(1))).isZero();

      wakeup.wakeup();
      assertThat(pipe.source().read(ByteBuffer.allocate(2))).isEqualTo(1);
    } finally {
      wakeup.close();
    }
  }

  private static void fill(Pipe pipe) throws IOException {
    // Windows makes its buffers grow for a while: each time it is asked, and not for ever.
    boolean blocking = pipe.sink().isBlocking();
    pipe.sink().configureBlocking(false);
    ByteBuffer much = ByteBuffer.allocate(1 << 16);
    while (pipe.sink().write(much.clear()) > 0) {
      assertThat(pipe.sink().isOpen()).isTrue();
    }
    pipe.sink().configureBlocking(blocking);
  }
}
