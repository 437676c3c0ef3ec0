// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A server and its clients on one loop, which send each other a fixed number of bytes through poll
 * handles ({@code start_poll_test}, test/test-poll.c).
 *
 * <p>What each does when it may read or write is left to chance: a little, all that goes, nothing,
 * nothing for a while, or change what it asks for back and forth. Whatever it does, it is never
 * called for anything that it does not ask for, and all bytes arrive.
 */
final class PollTraffic implements AutoCloseable {
  static final int CLIENTS = 5;
  private static final int BYTES = 1 << 16;
  private static final int BOTH = PollHandle.READABLE | PollHandle.WRITABLE;

  /** The backend that cannot tell that a peer will send no more. */
  private static final String CANNOT_TELL_DISCONNECT = "nio";

  private final Loop loop;
  private final boolean duplex;
  private final Random random;
  private final List<SelectableChannel> channels = new ArrayList<>();
  private int accepted;
  private int closedConnections;
  private int disconnects;
  private int validWritable;
  private int spuriousWritable;

  PollTraffic(Loop loop, boolean duplex, long seed) {
    this.loop = loop;
    this.duplex = duplex;
    this.random = new Random(seed);
  }

  int closedConnections() {
    return closedConnections;
  }

  /** How many ends were told that the other one will send no more; null if nobody tells. */
  Integer disconnects() {
    return tellsDisconnect() ? disconnects : null;
  }

  private boolean tellsDisconnect() {
    return !loop.backendName().equals(CANNOT_TELL_DISCONNECT);
  }

  /** How often a channel that was reported writable took something. */
  int validWritable() {
    return validWritable;
  }

  /** How often it took nothing. */
  int spuriousWritable() {
    return spuriousWritable;
  }

  void start() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    channels.add(server);
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    PollHandle listening = PollHandle.init(loop, server);
    listening.start(PollHandle.READABLE, (handle, status, events) -> accept(handle, status));
    for (int i = 0; i < CLIENTS; i++) {
      SocketChannel client = SocketChannel.open();
      channels.add(client);
      new Connection(client, true, duplex);
      client.connect(server.getLocalAddress());
    }
  }

  /** Closes what a test that failed has left open. */
  @Override
  public void close() throws IOException {
    for (SelectableChannel channel : channels) {
      channel.close();
    }
  }

  private void accept(PollHandle listening, int status) {
    assertThat(status).isZero();
    ServerSocketChannel server = (ServerSocketChannel) listening.channel();
    try {
      SocketChannel channel = server.accept();
      assertThat(channel).isNotNull();
      channels.add(channel);
      new Connection(channel, duplex, true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (++accepted == CLIENTS) {
      listening.close(closed -> closeChannel(server));
    }
  }

  private static void closeChannel(SelectableChannel channel) {
    try {
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One end of a connection. */
  private final class Connection {
    private final SocketChannel channel;
    private final int toSend;
    private final int toRead;
    private final PollHandle poll;
    private final TimerHandle delay;
    private int openHandles = 2;
    private int wanted = BOTH | PollHandle.DISCONNECT;
    private int delayed;
    private int sent;
    private int read;
    private boolean sentFin;
    private boolean gotFin;
    private boolean gotDisconnect = !tellsDisconnect();

    Connection(SocketChannel channel, boolean sends, boolean receives) {
      this.channel = channel;
      this.toSend = sends ? BYTES : 0;
      this.toRead = receives ? BYTES : 0;
      this.poll = PollHandle.init(loop, channel);
      this.delay = TimerHandle.init(loop);
      poll.start(wanted, this::onPoll);
    }

    private void onPoll(PollHandle handle, int status, int events) {
      assertThat(status).isZero();
      assertThat(events & wanted).as("asked for %d, called for %d", wanted, events).isNotZero();
      assertThat(events & ~wanted).as("asked for %d, called for %d", wanted, events).isZero();
      int next = wanted;
      try {
        if (channel.isConnectionPending()) {
          assertThat(channel.finishConnect()).isTrue();
        }
        if ((events & PollHandle.READABLE) != 0) {
          next = onReadable(next);
        }
        if ((events & PollHandle.WRITABLE) != 0) {
          next = onWritable(next);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      if ((events & PollHandle.DISCONNECT) != 0) {
        gotDisconnect = true;
        disconnects++;
        next &= ~PollHandle.DISCONNECT;
      }
      if (gotFin && sentFin && gotDisconnect) {
        destroy();
      } else if (next != wanted) {
        watch(next);
      }
      assertThat(poll.isActive()).isEqualTo(wanted != 0);
    }

    /** Gives what to ask for next. */
    private int onReadable(int next) throws IOException {
      switch (random.nextInt(7)) {
        case 0, 1 -> assertThat(readSome(74)).as("reported as readable, and it was").isNotZero();
        case 2, 3 -> {
          while (readSome(931) > 0) {
            // Until there is no more for now.
          }
        }
        case 4 -> {
          // Looks away: what is not read is reported again.
        }
        case 5 -> {
          askLater(PollHandle.READABLE, 10);
          return next & ~PollHandle.READABLE;
        }
        default -> fudge(PollHandle.WRITABLE, PollHandle.READABLE);
      }
      return gotFin ? next & ~PollHandle.READABLE : next;
    }

    private int onWritable(int next) throws IOException {
      if (sent == toSend) {
        channel.shutdownOutput();
        sentFin = true;
        return next & ~PollHandle.WRITABLE;
      }
      switch (random.nextInt(7)) {
        case 0, 1 -> count(writeSome(103));
        case 2, 3 -> {
          int written = writeSome(1234);
          count(written);
          while (written > 0) {
            written = writeSome(1234);
          }
        }
        case 4 -> {
          // Looks away: there is still room the next time.
        }
        case 5 -> {
          askLater(PollHandle.WRITABLE, 100);
          return next & ~PollHandle.WRITABLE;
        }
        default -> fudge(PollHandle.READABLE, PollHandle.WRITABLE);
      }
      return next;
    }

    private void count(int written) {
      if (written > 0) {
        validWritable++;
      } else {
        spuriousWritable++;
      }
    }

    private int readSome(int atMost) throws IOException {
      int bytes = channel.read(ByteBuffer.allocate(atMost));
      if (bytes < 0) {
        gotFin = true;
      } else {
        read += bytes;
      }
      return bytes;
    }

    private int writeSome(int atMost) throws IOException {
      int bytes = channel.write(ByteBuffer.allocate(Math.min(atMost, toSend - sent)));
      sent += bytes;
      return bytes;
    }

    private void askLater(int event, long millis) {
      delayed |= event;
      if (!delay.isActive()) {
        delay.start(timer -> onDelay(), millis, 0);
      }
    }

    private void onDelay() {
      assertThat(delay.isActive()).isFalse();
      assertThat(delayed).isNotZero();
      int next = wanted | delayed;
      delayed = 0;
      watch(next);
    }

    /** Asks for something else and back again, from within the callback. */
    private void fudge(int first, int then) {
      watch(first);
      watch(then);
    }

    private void watch(int events) {
      wanted = events;
      poll.start(events, this::onPoll);
    }

    private void destroy() {
      poll.close(
          closed -> {
            closeChannel(channel);
            onClosed();
          });
      delay.close(closed -> onClosed());
      wanted = 0;
    }

    private void onClosed() {
      if (--openHandles == 0) {
        assertThat(read).isEqualTo(toRead);
        assertThat(sent).isEqualTo(toSend);
        closedConnections++;
      }
    }
  }
}
