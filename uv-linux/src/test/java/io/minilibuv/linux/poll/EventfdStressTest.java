// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.WakeupChannel;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.Stress;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Many threads wake up a loop that is about to sleep, again and again, on channels that are closed
 * and opened anew: no wake-up is lost, and none is made of nothing.
 *
 * <p>In each round some of the senders publish a number, and wake the loop up once. There is no
 * other round before the loop has seen all of them, so that nobody helps out with a wake-up that
 * was lost. Threads give their turn to others right before they write to the eventfd, and before
 * they wait for it, where a system call could take long.
 */
@ExtendWith(LeakCheck.class)
class EventfdStressTest {
  private static final int SENDERS = 6;
  private static final int ROUNDS = Stress.size(20_000, 1_000_000);
  private static final int ROUNDS_OF_LOOP = 500;
  private static final long SEED = 61;

  /** How far apart senders' plain fields are, to be on lines of their own. */
  private static final int STRIDE = 16;

  /** After which a wake-up is lost. */
  private static final long GIVE_UP_MILLIS = TimeUnit.SECONDS.toMillis(20);

  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong waits = new AtomicLong();

  /** What the loop's thread has the senders do; it changes at the end of each round. */
  private volatile Round round = new Round(null, 0, 0);

  private final int[] published = new int[SENDERS * STRIDE];
  private final AtomicInteger returned = new AtomicInteger();
  private int woken;

  /** A round: the first {@code senders} threads wake up {@code channel}; nobody, at the end. */
  private record Round(WakeupChannel channel, int number, int senders) {}

  /** The real calls, counted, and with other threads coming in between. */
  private final class SlowCalls implements InvocationHandler {
    private final PollCalls real = new NativePollCalls();

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
      if (method.getName().equals("write")) {
        writes.getAndIncrement();
        yieldSometimes();
      } else if (method.getName().equals("epollPwait")) {
        waits.getAndIncrement();
        yieldSometimes();
      }
      try {
        return method.invoke(real, arguments);
      } catch (InvocationTargetException e) {
        throw e.getCause();
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private static void yieldSometimes() {
    if (ThreadLocalRandom.current().nextInt(4) == 0) {
      Thread.yield();
    }
  }

  @SuppressWarnings("ThreadPriorityCheck")
  private void send(int sender) {
    int done = 0;
    for (; ; ) {
      Round now = round;
      if (now.channel == null) {
        if (now.number < 0) {
          return;
        }
        Thread.yield();
      } else if (now.number == done) {
        Thread.yield();
      } else {
        done = now.number;
        if (sender < now.senders) {
          published[sender * STRIDE] = done;
          now.channel.wakeup();
          returned.getAndIncrement();
        }
      }
    }
  }

  private boolean hasSeen(int number, int senders) {
    for (int i = 0; i < senders; i++) {
      if (published[i * STRIDE] != number) {
        return false;
      }
    }
    return true;
  }

  /** Serves some rounds on a loop of its own. */
  private void serve(PollCalls calls, int first, SplittableRandom random) {
    EpollPollBackend backend = new EpollPollBackend(calls, ChannelNumbers.OF_PROCESS);
    try (Loop loop = Loop.open(new LoopOptions().pollBackend(backend))) {
      TimerHandle giveUp = TimerHandle.init(loop);
      WakeupChannel channel = WakeupChannel.open(loop);
      boolean[] seen = new boolean[1];
      IoWatcher watcher =
          new IoWatcher(
              loop,
              channel.target(),
              (w, events) -> {
                channel.drain();
                woken++;
                seen[0] = hasSeen(round.number, round.senders);
              });
      watcher.start(IoWatcher.READABLE);
      for (int i = 0; i < ROUNDS_OF_LOOP; i++) {
        giveUp.start(timer -> {}, GIVE_UP_MILLIS, 0);
        seen[0] = false;
        int senders = 1 + random.nextInt(SENDERS);
        returned.set(0);
        round = new Round(channel, first + i, senders);
        while (!seen[0]) {
          loop.run(RunMode.ONCE);
          assertThat(giveUp.isActive()).as("a wake-up of round %s is lost", first + i).isTrue();
        }
        awaitReturned(senders);
      }
      round = new Round(null, 0, 0);
      watcher.close();
      channel.close();
      giveUp.close();
      loop.run();
    }
  }

  /** A channel may be closed, and a number given out again, when nobody is in a wake-up. */
  @SuppressWarnings("ThreadPriorityCheck")
  private void awaitReturned(int senders) {
    while (returned.get() < senders) {
      Thread.yield();
    }
  }

  @Test
  void noWakeupIsLostAndNoneIsMadeOfNothing() {
    PollCalls calls =
        (PollCalls)
            Proxy.newProxyInstance(
                EventfdStressTest.class.getClassLoader(),
                new Class<?>[] {PollCalls.class},
                new SlowCalls());
    SplittableRandom random = new SplittableRandom(SEED);
    try (Crew crew = new Crew()) {
      for (int i = 0; i < SENDERS; i++) {
        int sender = i;
        crew.start(() -> send(sender));
      }
      try {
        for (int first = 1; first <= ROUNDS; first += ROUNDS_OF_LOOP) {
          serve(calls, first, random);
        }
      } finally {
        round = new Round(null, -1, 0);
      }
    }
    assertThat(woken).isGreaterThanOrEqualTo(ROUNDS);
    // Each wait is ended by a write of its own, or ends at once since the latch is set already.
    assertThat(waits.get()).isLessThanOrEqualTo(writes.get() + woken + ROUNDS);
  }
}
