// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.LeakCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
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

  @Test
  void manyLoopsShareAPool() {
    int loops = 4;
    int each = 10_000;
    AtomicInteger worked = new AtomicInteger();
    AtomicInteger delivered = new AtomicInteger();
    try (ThreadPool pool = new ThreadPool(3)) {
      try (Crew crew = new Crew()) {
        for (int i = 0; i < loops; i++) {
          crew.start(
              () -> {
                try (Loop loop = PoolFixture.openLoop(pool)) {
                  for (int n = 0; n < each; n++) {
                    KindRequest.submit(
                        loop,
                        KINDS[n % KINDS.length],
                        worked::incrementAndGet,
                        status -> delivered.incrementAndGet());
                    if (n % 64 == 0) {
                      loop.run(RunMode.NOWAIT);
                    }
                  }
                  loop.run();
                }
              });
        }
      }
      assertThat(pool.state().queued()).isZero();
      assertThat(pool.state().slowQueued()).isZero();
    }
    assertThat(worked).hasValue(loops * each);
    assertThat(delivered).hasValue(loops * each);
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
