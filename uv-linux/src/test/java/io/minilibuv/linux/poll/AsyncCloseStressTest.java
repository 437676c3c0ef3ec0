// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.Stress;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many threads send while the loop closes the handles, and itself with a handle of the library's
 * own: nobody writes to the eventfd any more, whose number is something else's at once.
 *
 * <p>That is a pipe's. It has the numbers of the loop's epoll and eventfd, in this order, unless
 * another thread of the JVM has taken one, and is to be found empty.
 */
@ExtendWith(LeakCheck.class)
class AsyncCloseStressTest {
  private static final int SENDERS = 4;
  private static final int ROUNDS = Stress.size(400, 100_000);
  private static final int MOST_POLLS = 4;

  /** How often a sender sends to all before it gives its turn to others. */
  private static final int PASSES_IN_TURN = 16;

  private static final long SEED = 1959;

  private final SlowCalls slow = new SlowCalls();
  private final SplittableRandom random = new SplittableRandom(SEED);
  private final AtomicIntegerArray sent = new AtomicIntegerArray(SENDERS);

  /** To whom is sent; nobody at the end. */
  private volatile List<AsyncHandle> targets = List.of();

  private volatile boolean over;
  private int called;
  private int taken;

  @SuppressWarnings("ThreadPriorityCheck")
  private void send(int sender) {
    try {
      while (!over) {
        for (AsyncHandle target : targets) {
          target.send();
        }
        if (sent.incrementAndGet(sender) % PASSES_IN_TURN == 0) {
          Thread.yield();
        }
      }
    } finally {
      // One that has failed is not waited for.
      over = true;
    }
  }

  /** Until each sender has returned from what it was in, and begun anew. */
  @SuppressWarnings("ThreadPriorityCheck")
  private void awaitSenders() {
    int[] before = new int[SENDERS];
    for (int i = 0; i < SENDERS; i++) {
      before[i] = sent.get(i);
    }
    for (int i = 0; i < SENDERS; i++) {
      while (sent.get(i) - before[i] < 2 && !over) {
        Thread.yield();
      }
    }
  }

  /** A loop that is closed while all send. */
  private void openAndClose(Fds fds) {
    EpollPollBackend backend = new EpollPollBackend(slow.calls(), ChannelNumbers.OF_PROCESS);
    int eventfd;
    try (Loop loop = Loop.open(new LoopOptions().pollBackend(backend))) {
      AsyncHandle own = InternalAsyncHandle.init(loop, handle -> called++);
      AsyncHandle first = AsyncHandle.init(loop, handle -> called++);
      AsyncHandle second = AsyncHandle.init(loop, handle -> called++);
      eventfd = slow.lastEventfd();
      targets = List.of(first, own, second);
      // Every other time the loop is faster than they are, perhaps, and closes before anybody
      // sends.
      if (random.nextBoolean()) {
        awaitSenders();
      }
      poll(loop);
      first.close();
      poll(loop);
      second.close();
      loop.run();
    }
    int[] pipe = fds.pipe();
    taken += pipe[1] == eventfd ? 1 : 0;
    awaitSenders();
    fds.close(pipe[1]);
    assertThat(fds.read(pipe[0])).as("bytes in a pipe that nobody writes to").isZero();
    fds.close(pipe[0]);
  }

  private void poll(Loop loop) {
    for (int i = random.nextInt(MOST_POLLS); i >= 0; i--) {
      loop.run(RunMode.NOWAIT);
    }
  }

  @Test
  void nothingIsWrittenToWhatHasTheNumberNext() {
    try (Crew crew = new Crew();
        Fds fds = new Fds()) {
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        crew.start(() -> send(sender));
      }
      try {
        for (int round = 0; round < ROUNDS && !over; round++) {
          openAndClose(fds);
        }
      } finally {
        over = true;
      }
    }
    assertThat(called).isGreaterThan(ROUNDS);
    // Only a loop that is not run is written to, and only by the first of them.
    assertThat(slow.writes.get()).isGreaterThan(ROUNDS / 4);
    assertThat(taken).as("how often the number was the pipe's").isGreaterThan(ROUNDS / 2);
  }
}
