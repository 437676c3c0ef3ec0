// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * {@code test/test-watcher-cross-stop.c}, with poll handles on UDP channels: more than one batch of
 * them is ready, and the first callback closes them all.
 */
@ExtendWith(LeakCheck.class)
class WatcherCrossStopTest {
  private static final int SOCKETS = 2500;

  private final Loop loop = Loop.open();
  private final List<PollHandle> polls = new ArrayList<>();
  private int polled;
  private int closed;

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  @Test
  void watcherCrossStop() throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    for (int i = 0; i < SOCKETS; i++) {
      DatagramChannel channel = DatagramChannel.open();
      channel.bind(anyPort);
      PollHandle poll = PollHandle.init(loop, channel);
      poll.start(PollHandle.READABLE, (handle, status, events) -> closeAll());
      polls.add(poll);
      assertThat(channel.send(ByteBuffer.allocate(1), channel.getLocalAddress())).isEqualTo(1);
    }

    while (polled == 0) {
      loop.run(RunMode.ONCE);
    }
    assertThat(loop.run()).isFalse();

    assertThat(polled).isEqualTo(1);
    assertThat(closed).isEqualTo(SOCKETS);
  }

  private void closeAll() {
    polled++;
    for (PollHandle poll : polls) {
      DatagramChannel channel = (DatagramChannel) poll.channel();
      poll.close(
          handle -> {
            closed++;
            close(channel);
          });
    }
  }

  private static void close(DatagramChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
