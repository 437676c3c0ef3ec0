// SPDX-License-Identifier: MIT
package io.minilibuv.examples.fib;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.Terminal;
import io.minilibuv.threadpool.PoolStats;
import io.minilibuv.threadpool.PoolStats.WorkerStats;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What each worker is at, on the last lines of a terminal: painted by a timer of the loop, from
 * what the pool tells of itself. What is said meanwhile stands above.
 */
final class WorkerLanes {
  /** More would not fit many a terminal. */
  static final int MOST = 16;

  private static final int FRAME_MILLIS = 100;
  private static final long NANOS_A_BLOCK = 100_000_000;
  private static final int BEFORE_BAR = "worker 1   fib(92)  1 h 00 min  ".length();

  private final Terminal terminal;
  private final PrintStream stream;
  private final Supplier<PoolStats> pool;
  private final Function<PoolStats, String> summary;
  private @Nullable TimerHandle timer;
  private int painted;

  /**
   * Shows nothing yet.
   *
   * @param summary for the line below the lanes
   */
  WorkerLanes(
      Terminal terminal,
      PrintStream stream,
      Supplier<PoolStats> pool,
      Function<PoolStats, String> summary) {
    this.terminal = terminal;
    this.stream = stream;
    this.pool = pool;
    this.summary = summary;
  }

  /** Paints from now on. The timer does not keep the loop alive. */
  void start(Loop loop) {
    timer = TimerHandle.init(loop);
    timer.start(handle -> paint(), 0, FRAME_MILLIS);
    timer.unref();
  }

  /** Says something, in a line above the lanes. */
  void say(String line) {
    boolean visible = painted > 0;
    erase();
    stream.println(line);
    if (visible) {
      paint();
    }
  }

  /** Paints no more, and leaves nothing on the terminal. */
  void end() {
    erase();
    if (timer != null) {
      timer.close();
    }
  }

  private void paint() {
    erase();
    PoolStats stats = pool.get();
    int number = 0;
    for (WorkerStats worker : stats.workers().stream().limit(MOST).toList()) {
      number++;
      line(lane(number, worker));
    }
    String more = stats.workers().size() > number ? ", more workers than these" : "";
    line(summary.apply(stats) + more);
    stream.flush();
  }

  private String lane(int number, WorkerStats worker) {
    String name = String.format(Locale.ROOT, "worker %-4d", number);
    if (worker.request() == null) {
      return terminal.text(name + "@|faint idle|@");
    }
    Object job = worker.request().data();
    String time = Amounts.duration(worker.nanos() / 1_000_000);
    int room = Math.max(0, terminal.width() - 1 - BEFORE_BAR);
    int blocks = (int) Math.min(room, worker.nanos() / NANOS_A_BLOCK);
    String bar = (terminal.unicode() ? "\u2588" : "#").repeat(blocks);
    return terminal.text(
        String.format(Locale.ROOT, "%s%-8s %10s  @|cyan %s|@", name, job, time, bar));
  }

  private void line(String line) {
    stream.println(line);
    painted++;
  }

  private void erase() {
    if (painted > 0) {
      stream.print("\033[" + painted + "A\r\033[J");
      painted = 0;
    }
  }
}
