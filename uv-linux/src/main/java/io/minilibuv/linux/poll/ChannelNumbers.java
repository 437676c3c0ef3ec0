// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.IllegalBlockingModeException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.spi.SelectorProvider;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Finds the numbers of channels' descriptors, which the JDK does not tell.
 *
 * <p>Any thread may call it; the process has one.
 */
final class ChannelNumbers {
  /*
   * There is one probe for the process and not one for each loop: it has two descriptors, which a
   * program that watches no channels should not have at all, and a program with a thousand loops not
   * two thousand times. It is opened when it is needed first, and stays open. If something is wrong
   * with it, it is closed, and the next call tries with another one.
   */
  static final ChannelNumbers OF_PROCESS = new ChannelNumbers(new NativePollCalls());

  private final PollCalls calls;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable SelectorProbe probe;

  ChannelNumbers(PollCalls calls) {
    this.calls = calls;
  }

  /**
   * The number of {@code channel}'s descriptor. The channel becomes non-blocking.
   *
   * @param call the name of the user's call, for errors
   * @throws UvException EBADF if the channel is closed; EPERM if it is not one of the JDK's own;
   *     EMFILE and ENFILE; ENOTSUP, with the reason as its cause, if there is no way here
   */
  int numberOf(SelectableChannel channel, String call) {
    if (channel.provider() != SelectorProvider.provider()) {
      throw UvError.EPERM.exception(call);
    }
    // An interrupted thread could not read a file.
    boolean interrupted = Thread.interrupted();
    lock.lock();
    try {
      channel.configureBlocking(false);
      return ask(channel);
    } catch (ClosedChannelException | CancelledKeyException e) {
      throw new UvException(UvError.EBADF.code(), call, null, e);
    } catch (IOException | IllegalBlockingModeException e) {
      throw new UvException(errorOf(e).code(), call, null, e);
    } finally {
      lock.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private int ask(SelectableChannel channel) throws IOException {
    SelectorProbe current = probe;
    if (current == null) {
      current = SelectorProbe.open(calls);
      probe = current;
    }
    boolean sound = false;
    try {
      int number = current.numberOf(channel);
      sound = true;
      return number;
    } catch (ClosedChannelException e) {
      sound = true;
      throw e;
    } finally {
      if (!sound) {
        close();
      }
    }
  }

  /** Closes what stays open, for tests that count descriptors. */
  void close() throws IOException {
    lock.lock();
    try {
      SelectorProbe current = probe;
      probe = null;
      if (current != null) {
        current.close();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The JDK tells a lack of descriptors only by the system's own words, here the English ones. */
  private static UvError errorOf(Exception e) {
    String message = String.valueOf(e.getMessage());
    if (message.contains("Too many open files in system")) {
      return UvError.ENFILE;
    }
    return message.contains("Too many open files") ? UvError.EMFILE : UvError.ENOTSUP;
  }
}
