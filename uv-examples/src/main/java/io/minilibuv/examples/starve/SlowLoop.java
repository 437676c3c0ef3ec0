// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import io.minilibuv.async.LoopExecutor;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.examples.cli.Requests;
import io.minilibuv.threadpool.ThreadPool;
import io.minilibuv.threadpool.WorkRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.IntConsumer;

/**
 * Slow jobs in a pool of their own. A loop has one pool, so this is a second loop, in a thread of
 * its own too; what it has to tell the first one, it hands over.
 */
final class SlowLoop implements SlowJobs {
  private final ThreadPool pool;
  private final Loop loop;
  private final LoopExecutor away;
  private final LoopExecutor home;
  private final List<WorkRequest> requests = new ArrayList<>();

  /**
   * Opens a second loop, which is this thread's until it is {@link #queue run}.
   *
   * @param first the loop that is told, and waits for the second
   */
  SlowLoop(Loop first, int threads) {
    pool = new ThreadPool(threads);
    loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
    away = LoopExecutor.init(loop);
    away.unref();
    home = LoopExecutor.init(first);
  }

  @Override
  public void queue(int count, Work work, IntConsumer done) {
    for (int i = 0; i < count; i++) {
      requests.add(
          WorkRequest.queue(
              loop,
              request -> work.work(),
              (request, status) -> home.execute(() -> done.accept(status))));
    }
    new Thread(this::run, "uv-slow-loop").start();
  }

  /** The second thread's life. The loop is its own from here on; its last word lets home end. */
  private void run() {
    try {
      loop.run();
      loop.shutdown();
      pool.close();
    } finally {
      home.execute(home::close);
    }
  }

  /** A loop's requests are cancelled by its own thread, which is told to. */
  @Override
  public void cancel(Runnable then) {
    try {
      away.execute(
          () -> {
            requests.forEach(Requests::tryCancel);
            then.run();
          });
    } catch (RejectedExecutionException e) {
      // The second loop has come to its end: there is nothing left to take back.
      then.run();
    }
  }
}
