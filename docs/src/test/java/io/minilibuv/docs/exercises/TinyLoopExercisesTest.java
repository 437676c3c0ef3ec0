// SPDX-License-Identifier: MIT
package io.minilibuv.docs.exercises;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Solutions of the exercises in event-loop.md. */
class TinyLoopExercisesTest {
  private final List<String> log = new ArrayList<>();

  /** Exercise 1: what is due leaves the heap first, and is called then. */
  private static final class TwoPasses {
    private static final class Timer {
      private final long due;
      private final Runnable callback;
      private boolean stopped;

      Timer(long due, Runnable callback) {
        this.due = due;
        this.callback = callback;
      }
    }

    private final PriorityQueue<Timer> timers =
        new PriorityQueue<>((a, b) -> Long.compare(a.due, b.due));
    private long now;

    Timer start(long millis, Runnable callback) {
      Timer timer = new Timer(now + millis, callback);
      timers.add(timer);
      return timer;
    }

    /** One that waits in the list of those that are due must be passed over. */
    void stop(Timer timer) {
      timer.stopped = true;
      timers.remove(timer);
    }

    void runTimers() {
      List<Timer> due = new ArrayList<>();
      while (!timers.isEmpty() && timers.peek().due <= now) {
        due.add(timers.poll());
      }
      for (Timer timer : due) {
        if (!timer.stopped) {
          timer.callback.run();
        }
      }
    }
  }

  @Test
  void aTimerOfNoTimeWaitsForTheNextTurn() {
    TwoPasses loop = new TwoPasses();
    loop.start(
        0,
        () -> {
          log.add("first");
          loop.start(0, () -> log.add("started by it"));
        });
    loop.start(0, () -> log.add("second"));
    loop.runTimers();
    assertThat(log).containsExactly("first", "second");
    loop.runTimers();
    assertThat(log).containsExactly("first", "second", "started by it");
  }

  @Test
  void aTimerThatIsStoppedWhileItIsDueIsNotCalled() {
    TwoPasses loop = new TwoPasses();
    TwoPasses.Timer[] second = new TwoPasses.Timer[1];
    loop.start(0, () -> loop.stop(second[0]));
    second[0] = loop.start(0, () -> log.add("stopped, and called all the same"));
    loop.runTimers();
    assertThat(log).isEmpty();
  }

  /**
   * Exercise 2: clear the flag first, then take. A message that is put there in between finds the
   * flag clear, and wakes once too often. The other way round it finds the flag set, does not wake,
   * and is not taken.
   */
  private static final class Mailbox {
    private final Queue<String> sent = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean pending = new AtomicBoolean();
    private int wakeups;

    void send(String message) {
      sent.add(message);
      if (!pending.getAndSet(true)) {
        wakeups++;
      }
    }

    List<String> onWakeup(Runnable inBetween) {
      pending.set(false);
      inBetween.run();
      List<String> taken = new ArrayList<>();
      for (String message; (message = sent.poll()) != null; ) {
        taken.add(message);
      }
      return taken;
    }
  }

  @Test
  void manySendsAreOneWakeup() {
    Mailbox mailbox = new Mailbox();
    mailbox.send("a");
    mailbox.send("b");
    assertThat(mailbox.wakeups).isEqualTo(1);
    assertThat(mailbox.onWakeup(() -> {})).containsExactly("a", "b");
  }

  @Test
  void whatIsSentInBetweenIsTakenAndWakesOnceMore() {
    Mailbox mailbox = new Mailbox();
    mailbox.send("a");
    assertThat(mailbox.onWakeup(() -> mailbox.send("b"))).containsExactly("a", "b");
    assertThat(mailbox.wakeups).isEqualTo(2);
    assertThat(mailbox.onWakeup(() -> {})).isEmpty();
  }

  /** Exercise 3: while there is an idle callback, nobody waits. */
  private static final class WithIdle {
    private final List<Runnable> idle = new ArrayList<>();
    private final List<Long> waits = new ArrayList<>();

    void turn(long untilNextTimer) {
      List.copyOf(idle).forEach(Runnable::run);
      waits.add(idle.isEmpty() ? untilNextTimer : 0);
    }
  }

  @Test
  void idleCallbacksKeepTheLoopFromSleeping() {
    WithIdle loop = new WithIdle();
    Runnable work = () -> log.add("work");
    loop.idle.add(work);
    loop.turn(100);
    loop.turn(100);
    loop.idle.remove(work);
    loop.turn(100);
    assertThat(log).containsExactly("work", "work");
    assertThat(loop.waits).containsExactly(0L, 0L, 100L);
  }
}
