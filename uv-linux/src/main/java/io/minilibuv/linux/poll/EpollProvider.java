// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import io.minilibuv.core.PollBackend;
import io.minilibuv.core.PollBackendProvider;
import io.minilibuv.linux.ffi.Linux;

/** Offers epoll to the loops of this process. */
public final class EpollProvider implements PollBackendProvider {
  private final PollCalls calls;
  private volatile boolean checked;

  /** Made by {@link java.util.ServiceLoader}. */
  public EpollProvider() {
    this(new NativePollCalls());
  }

  EpollProvider(PollCalls calls) {
    this.calls = calls;
  }

  @Override
  public String name() {
    return "epoll";
  }

  @Override
  public boolean isForThisSystem() {
    return Linux.isHere();
  }

  @Override
  public PollBackend open() {
    if (!checked) {
      EpollCheck.check(calls);
      checked = true;
    }
    return new EpollPollBackend(calls, ChannelNumbers.OF_PROCESS);
  }
}
