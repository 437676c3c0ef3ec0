// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.PollHandle;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** How long a loop on epoll sleeps when nothing happens: its waits end as if their time were up. */
@ExtendWith(LeakCheck.class)
class IdleLoopTest {
  private static final int SECOND = 1_000;
  private static final int WITHOUT_END = -1;

  private final FaultyCalls faulty = new FaultyCalls();
  private final ChannelNumbers numbers = new ChannelNumbers(faulty.calls());
  private final Fds fds = new Fds();
  private final Loop loop =
      Loop.open(new LoopOptions().pollBackend(new EpollPollBackend(faulty.calls(), numbers)));

  /** The time that each wait was given. */
  private final List<Object> waits = new ArrayList<>();

  private final List<String> log = new ArrayList<>();
  private Pipe pipe;

  @BeforeEach
  void open() throws IOException {
    pipe = Pipe.open();
  }

  @AfterEach
  void closeAll() throws IOException {
    loop.shutdown();
    numbers.close();
    fds.close();
    pipe.source().close();
    pipe.sink().close();
  }

  private void letWaitsPass(int count) {
    for (int i = 0; i < count; i++) {
      faulty.answer(
          "epollPwait",
          arguments -> {
            waits.add(arguments[4]);
            return 0;
          });
    }
  }

  private PollHandle start(PollHandle handle) {
    handle.start(PollHandle.READABLE, (called, status, events) -> log.add("called"));
    return handle;
  }

  @Test
  void whileAChannelIsWatchedItLooksEachSecondAndCallsNobody() throws IOException {
    start(PollHandle.init(loop, pipe.source()));
    letWaitsPass(3);
    pipe.sink().write(ByteBuffer.wrap(new byte[1]));
    loop.run(RunMode.ONCE);
    assertThat(waits).containsExactly(SECOND, SECOND, SECOND);
    assertThat(log).as("in the one iteration there was").containsExactly("called");
  }

  @Test
  void withoutAStartedHandleOnAChannelItSleepsWithoutEnd() {
    AsyncHandle.init(loop, handle -> {});
    start(PollHandle.init(loop, fds.pipe()[0]));
    PollHandle stopped = start(PollHandle.init(loop, pipe.source()));
    loop.run(RunMode.NOWAIT);
    stopped.stop();
    letWaitsPass(1);
    loop.run(RunMode.ONCE);
    assertThat(waits).containsExactly(WITHOUT_END);
    assertThat(log).isEmpty();
  }
}
