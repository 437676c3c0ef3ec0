// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelectableChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** {@code test/test-poll.c}; each repetition has the traffic go by other chances. */
@ExtendWith(LeakCheck.class)
class PollHandleTest {
  private final Loop loop = Loop.open();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  @RepeatedTest(3)
  void pollDuplex(RepetitionInfo repetition) throws IOException {
    transfer(new PollTraffic(loop, true, repetition.getCurrentRepetition()));
  }

  @RepeatedTest(3)
  void pollUnidirectional(RepetitionInfo repetition) throws IOException {
    transfer(new PollTraffic(loop, false, repetition.getCurrentRepetition()));
  }

  private void transfer(PollTraffic traffic) throws IOException {
    try (traffic) {
      traffic.start();
      assertThat(loop.run()).isFalse();
      assertThat(traffic.closedConnections()).isEqualTo(2 * PollTraffic.CLIENTS);
      assertThat(traffic.disconnects()).isIn(null, 2 * PollTraffic.CLIENTS);
      int spurious = traffic.spuriousWritable();
      assertThat(spurious * 20).isLessThanOrEqualTo(traffic.validWritable() + spurious);
    }
  }

  /** The original opens a directory; a channel that no selector of ours can watch stands for it. */
  @Test
  void pollBadFdtype() throws IOException {
    try (ForeignChannel channel = new ForeignChannel()) {
      assertThatExceptionOfType(UvException.class)
          .isThrownBy(() -> PollHandle.init(loop, channel))
          .satisfies(e -> assertThat(e.error()).isEqualTo(UvError.EPERM));
    }
    List<Handle> handles = new ArrayList<>();
    loop.walk(handles::add);
    assertThat(handles).isEmpty();
  }

  private static final class ForeignChannel extends AbstractSelectableChannel {
    ForeignChannel() {
      super(new ForeignProvider());
    }

    @Override
    public int validOps() {
      return 0;
    }

    @Override
    protected void implCloseSelectableChannel() {}

    @Override
    protected void implConfigureBlocking(boolean block) {}
  }

  /** The provider of channels that live in memory, say: it has nothing of its own to open. */
  private static final class ForeignProvider extends SelectorProvider {
    @Override
    public DatagramChannel openDatagramChannel() {
      throw new UnsupportedOperationException();
    }

    @Override
    public DatagramChannel openDatagramChannel(ProtocolFamily family) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Pipe openPipe() {
      throw new UnsupportedOperationException();
    }

    @Override
    public AbstractSelector openSelector() {
      throw new UnsupportedOperationException();
    }

    @Override
    public ServerSocketChannel openServerSocketChannel() {
      throw new UnsupportedOperationException();
    }

    @Override
    public SocketChannel openSocketChannel() {
      throw new UnsupportedOperationException();
    }
  }
}
