// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * So many operations at once: what comes back begins the next. All that comes back is told on one
 * thread, as a loop would.
 */
final class Flight implements Workload {
  /** Begins one operation. */
  @FunctionalInterface
  interface Operation {
    /**
     * Begins it.
     *
     * @param done is to be called when it is done, on the thread of {@code home}; with why, if it
     *     has failed
     */
    void begin(Consumer<@Nullable Throwable> done);
  }

  private final int n;
  private final int flight;
  private final Executor home;
  private final Operation operation;
  private final AutoCloseable owned;
  private int begun;
  private int done;
  private @Nullable CountDownLatch finished;
  private @Nullable Throwable failure;

  /**
   * Makes it.
   *
   * @param home the one thread that counts
   * @param owned what is closed at the end
   */
  Flight(int n, int flight, Executor home, Operation operation, AutoCloseable owned) {
    this.n = n;
    this.flight = flight;
    this.home = home;
    this.operation = operation;
    this.owned = owned;
  }

  private void begin() {
    begun++;
    operation.begin(this::onDone);
  }

  private void onDone(@Nullable Throwable why) {
    if (why != null) {
      failure = why;
      begun = n;
    }
    done++;
    if (begun < n) {
      begin();
    } else if ((done == n || why != null) && finished != null) {
      finished.countDown();
    }
  }

  @Override
  public long round() throws InterruptedException {
    CountDownLatch end = new CountDownLatch(1);
    home.execute(
        () -> {
          begun = 0;
          done = 0;
          finished = end;
          while (begun < Math.min(flight, n)) {
            begin();
          }
        });
    end.await();
    if (failure != null) {
      throw new IllegalStateException("an operation has failed", failure);
    }
    return Workload.exactly(n, done);
  }

  @Override
  public void close() throws Exception {
    owned.close();
  }
}
