// SPDX-License-Identifier: MIT
package io.minilibuv.examples.fib;

import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.threadpool.PoolStats.WorkerStats;
import io.minilibuv.threadpool.ThreadPool;
import java.util.List;
import java.util.function.Consumer;

/** What happens to the jobs, a line each. */
final class FibEvents implements FibJobs.Listener {
  private final ThreadPool pool;
  private final Terminal terminal;
  private final Consumer<String> out;
  private final boolean tellsBeginnings;

  /**
   * @param tellsBeginnings whether there is a line when a worker begins
   */
  FibEvents(ThreadPool pool, Terminal terminal, boolean tellsBeginnings, Consumer<String> out) {
    this.pool = pool;
    this.terminal = terminal;
    this.tellsBeginnings = tellsBeginnings;
    this.out = out;
  }

  @Override
  public void began(FibJob job) {
    if (tellsBeginnings) {
      out.accept(worker(job) + " began " + job);
    }
  }

  @Override
  public void computed(FibJob job) {
    out.accept(terminal.text(job + " = @|bold " + job.value() + "|@"));
  }

  @Override
  public void gaveUp(FibJob job) {
    out.accept(terminal.text(job + ": @|red gave up|@"));
  }

  @Override
  public void asked(FibJob job, boolean granted) {
    out.accept(terminal.text("cancel " + job + ": " + (granted ? "0" : "@|red EBUSY|@")));
  }

  @Override
  public void cancelled(FibJob job) {
    out.accept(terminal.text(job + ": @|yellow ECANCELED|@"));
  }

  /** By its number, from 1 on, in the order of the workers' making. */
  private String worker(FibJob job) {
    List<Thread> threads = pool.stats().workers().stream().map(WorkerStats::thread).toList();
    return "worker " + (threads.indexOf(job.worker()) + 1);
  }
}
