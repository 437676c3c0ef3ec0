// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.Stress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Workers, submitters and cancellers at once: every request is delivered once, and rightly so. */
@ExtendWith(LeakCheck.class)
class PoolStressTest {
  private static final WorkKind[] KINDS = WorkKind.values();

  /** One request, and all that happened to it. */
  private static final class Case {
    final AtomicInteger worked = new AtomicInteger();
    boolean cancelled;
    int delivered;
    int status;
    KindRequest request;

    void submit(Loop loop, WorkKind kind) {
      request =
          KindRequest.submit(
              loop,
              kind,
              worked::incrementAndGet,
              outcome -> {
                delivered++;
                status = outcome;
              });
    }

    void tryToCancel() {
      try {
        request.cancel();
        cancelled = true;
      } catch (UvException e) {
        assertThat(e.error()).isEqualTo(UvError.EBUSY);
        assertThat(cancelled && delivered == 0).as("refused, and cancelled before").isFalse();
      }
    }

    void check() {
      assertThat(delivered).isEqualTo(1);
      assertThat(status).isEqualTo(cancelled ? PoolFixture.ECANCELED : 0);
      assertThat(worked).hasValue(cancelled ? 0 : 1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 16})
  void everyRequestIsDeliveredOnceWhoeverWins(int workers) {
    Random random = new Random(workers);
    List<Case> cases = new ArrayList<>();
    try (ThreadPool pool = new ThreadPool(workers);
        Loop loop = PoolFixture.openLoop(pool)) {
      for (int i = 0; i < 20_000; i++) {
        Case next = new Case();
        next.submit(loop, KINDS[random.nextInt(KINDS.length)]);
        cases.add(next);
        // Mostly the last ones, which are about to be taken by a worker, or are being taken.
        for (int tries = random.nextInt(3); tries > 0; tries--) {
          cases.get(cases.size() - 1 - random.nextInt(Math.min(cases.size(), 8))).tryToCancel();
        }
        if (random.nextInt(16) == 0) {
          loop.run(RunMode.NOWAIT);
        }
      }
      assertThat(loop.run()).isFalse();
      cases.forEach(Case::check);
      assertThat(cases).anyMatch(done -> done.cancelled).anyMatch(done -> !done.cancelled);
    }
  }

  /** Works of one of the loops that share a pool: counted on the loop's own thread alone. */
  private static final class Share {
    private final Loop loop;
    private final Random random;
    private final AtomicIntegerArray worked;
    private final byte[] delivered;
    private final boolean[] taken;
    private final WorkRequest[] requests;
    private int cancelled;

    Share(Loop loop, int works, long seed) {
      this.loop = loop;
      random = new Random(seed);
      worked = new AtomicIntegerArray(works);
      delivered = new byte[works];
      taken = new boolean[works];
      requests = new WorkRequest[works];
    }

    /** Submits all, cancels one in ten, and polls now and then. */
    void run() {
      for (int i = 0; i < requests.length; i++) {
        submit(i);
        if (random.nextInt(TRIES_TO_CANCEL) == 0) {
          tryToCancel(i - random.nextInt(Math.min(i + 1, 4)));
        }
        if (i % 64 == 0) {
          loop.run(RunMode.NOWAIT);
        }
      }
      assertThat(loop.run()).isFalse();
    }

    private void submit(int number) {
      requests[number] =
          WorkRequest.queue(
              loop,
              request -> worked.getAndIncrement(number),
              (request, status) -> {
                assertThat(loop.isLoopThread()).isTrue();
                assertThat(status).isEqualTo(taken[number] ? PoolFixture.ECANCELED : 0);
                delivered[number]++;
                requests[number] = null;
              });
    }

    private void tryToCancel(int number) {
      WorkRequest request = requests[number];
      if (request != null && !taken[number] && request.tryCancel() == 0) {
        taken[number] = true;
        cancelled++;
      }
    }

    void check() {
      for (int i = 0; i < requests.length; i++) {
        assertThat(delivered[i]).isEqualTo((byte) 1);
        assertThat(worked.get(i)).isEqualTo(taken[i] ? 0 : 1);
      }
    }
  }

  /** Of so many works one is asked for back; not all come in time, so that about a tenth does. */
  private static final int TRIES_TO_CANCEL = 6;

  @Test
  void loopsThatShareAPoolGetEachOfTheirWorksBackOnceOnTheirOwnThread() {
    int loops = 4;
    int each = Stress.size(40_000, 1_000_000) / loops;
    AtomicInteger cancelled = new AtomicInteger();
    try (ThreadPool pool = new ThreadPool(3)) {
      try (Crew crew = new Crew()) {
        for (int i = 0; i < loops; i++) {
          int seed = i;
          crew.start(
              () -> {
                try (Loop loop = PoolFixture.openLoop(pool)) {
                  Share share = new Share(loop, each, seed);
                  share.run();
                  share.check();
                  cancelled.addAndGet(share.cancelled);
                }
              });
        }
      }
      PoolFixture.await(() -> pool.stats().running() == 0);
      PoolStats stats = pool.stats();
      assertThat(stats.completed() + stats.cancelled()).isEqualTo(loops * each);
      assertThat(stats.cancelled()).isEqualTo(cancelled.get());
      assertThat(cancelled.get()).as("cancelled").isGreaterThan(loops * each / 20);
      assertThat(stats.queued() + stats.slowQueued()).isZero();
    }
  }

  /** The loop closes at the first moment it can, while the last worker may still be sending. */
  @RepeatedTest(300)
  void aLoopMayCloseAsSoonAsItHasItsLastRequest() {
    try (Loop loop = Loop.open()) {
      List<Integer> delivered = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        WorkRequest.queue(loop, request -> {}, (request, status) -> delivered.add(status));
      }
      assertThat(loop.run()).isFalse();
      assertThat(delivered).containsExactly(0, 0, 0);
    }
  }

  @RepeatedTest(50)
  void aPoolThatIsClosedMeanwhileEitherTakesARequestOrRefusesIt() {
    List<Case> taken = new ArrayList<>();
    boolean refused = false;
    ThreadPool pool = new ThreadPool(2);
    try (Crew crew = new Crew();
        Loop loop = PoolFixture.openLoop(pool)) {
      while (!refused) {
        Case next = new Case();
        try {
          next.submit(loop, KINDS[taken.size() % KINDS.length]);
          taken.add(next);
        } catch (IllegalStateException e) {
          refused = true;
        }
        if (taken.size() == 20) {
          crew.start(pool::close);
        }
      }
      assertThat(loop.run()).isFalse();
      taken.forEach(Case::check);
    }
  }
}
