// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.threadpool.ThreadPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a command has while it runs: a loop, the pool under it, a way to say what is wrong, and what
 * is to be done on Ctrl-C. On the loop's thread, which is the program's main one.
 */
public final class CommandRun implements AutoCloseable {
  /** What a shell tells of a program that a signal has ended: 128 and SIGPIPE's number. */
  public static final int BROKEN_PIPE = 128 + 13;

  /** How long a line may be kept back that somebody may wait for. */
  private static final long FLUSH_MILLIS = 100;

  private static final Logger log = LoggerFactory.getLogger(CommandRun.class);

  private final String command;
  private final @Nullable ThreadPool ownPool;
  private final Loop loop;
  private final Interrupt interrupt;
  private final List<String> stats = new ArrayList<>();
  private @Nullable TimerHandle flushing;
  private Loop shownLoop;
  private int status;
  private boolean abandoned;
  private long bytes;

  /**
   * Opens a loop.
   *
   * @param command what it is for, as the user has called it
   * @param threads how many workers; 0 for the process-wide pool
   */
  CommandRun(String command, int threads) {
    this.command = command;
    ownPool = threads > 0 ? new ThreadPool(threads) : null;
    LoopOptions options = new LoopOptions();
    loop = Loop.open(ownPool != null ? options.with(ThreadPool.OF_LOOP, ownPool) : options);
    shownLoop = loop;
    interrupt = Interrupt.of(loop);
    interrupt.on(this::abandon);
  }

  /** The loop that the command runs on. */
  public Loop loop() {
    return loop;
  }

  /** The pool that serves it. */
  public ThreadPool pool() {
    return ThreadPool.OF_LOOP.of(loop);
  }

  /**
   * Opens a loop beside the command's own, on the same pool. The caller closes it; {@code --stats}
   * tells of the one that was opened last.
   */
  public Loop openLoop(LoopOptions options) {
    shownLoop = Loop.open(options.with(ThreadPool.OF_LOOP, pool()));
    return shownLoop;
  }

  /** The loop that {@code --stats} tells of. */
  Loop shownLoop() {
    return shownLoop;
  }

  /** Runs the loop until nothing is left to do, or it is stopped. */
  public void untilDone() {
    loop.run();
  }

  /**
   * Has {@code action} called on Ctrl-C, on the loop's thread, in place of what was to be done
   * before. It cancels what is queued and closes what keeps the loop alive, so that {@link
   * #untilDone} returns. Without one the command is abandoned.
   */
  public void onInterrupt(Runnable action) {
    interrupt.on(action);
  }

  /** Whether Ctrl-C was pressed, or the process told to end by other means. */
  public boolean isInterrupted() {
    return interrupt.isInterrupted();
  }

  /** What Ctrl-C does. From another thread; comes back when this is closed. */
  void interrupt() {
    interrupt.interrupt();
  }

  /**
   * Ends {@link #untilDone} now. The process then ends without waiting for requests that have
   * begun: a read from a terminal may never come back.
   */
  public void abandon() {
    abandoned = true;
    loop.stop();
  }

  /**
   * Has this {@link #abandon abandoned} when {@code millis} have passed and it has not ended: what
   * was under way when it was interrupted should have come back by then, and may never do so.
   */
  public void abandonAfter(long millis) {
    Patience.start(loop, millis, this::abandon);
  }

  /** Says what has failed, and has the program end with 1. */
  public void fail(UvException failure) {
    if (failure.error() == UvError.EPIPE) {
      // Who reads has enough, as head has: other programs are ended by a signal, and say nothing.
      log.debug("{}", failure.getMessage());
      endWith(BROKEN_PIPE);
    } else {
      fail(String.valueOf(failure.getMessage()));
    }
  }

  /** Says what has failed, in a line of its own, and has the program end with 1. */
  public void fail(String what) {
    say(Printable.message(what));
    endWith(1);
  }

  /** Says all of them, and has the program end with 1 if there are any. */
  public void failAll(Failures failures) {
    failures.lines().forEach(this::fail);
  }

  /**
   * Prints a line, by {@link Names#println}, while the command goes on. It is seen soon, at a
   * terminal at once; elsewhere what comes meanwhile is written with it.
   */
  public void tell(String line) {
    Names.println(line);
    if (flushing == null) {
      flushing = TimerHandle.init(loop);
      flushing.unref();
    }
    if (!flushing.isActive()) {
      flushing.start(timer -> System.out.flush(), FLUSH_MILLIS, 0);
    }
  }

  /**
   * Says something on standard error, in a line of its own that tells who says it. What was printed
   * before comes before, if both go to one place.
   */
  public void say(String what) {
    System.out.flush();
    System.err.println("uv: " + command + ": " + Printable.line(what));
  }

  /** Has the program end with {@code status}, or with what it was to end with if that is more. */
  public void endWith(int status) {
    this.status = Math.max(this.status, status);
  }

  /** What the program is to end with. */
  int status() {
    return status;
  }

  /** Counts bytes that the command has moved, for {@code --stats}. */
  public void moved(long more) {
    bytes += more;
  }

  /** What was counted by {@link #moved}. */
  long bytesMoved() {
    return bytes;
  }

  /**
   * Has {@code --stats} say one thing more, in a line of its own after those that all commands
   * have.
   *
   * @param what a word or two
   */
  public void addToStats(String what, String text) {
    stats.add(String.format(Locale.ROOT, "%-11s %s", what, Printable.line(text)));
  }

  /** What was added by {@link #addToStats}, a line each. */
  List<String> addedStats() {
    return stats;
  }

  /**
   * Shows a bar until it is closed, if a person is watching and may like it. Neither the bar nor
   * its timer keeps the loop alive.
   *
   * @param task a word for what is going on
   */
  public Progress showProgress(String task, Progress.Amount amount) {
    Terminal terminal = Terminal.ofStderr();
    return mayPaintOn(terminal)
        ? TerminalProgress.show(loop, terminal, System.err, task, amount)
        : Progress.NONE;
  }

  /**
   * Shows a line until it is closed, if a person is watching and may like it: for work of which
   * nobody knows how much there is. Neither the line nor its timer keeps the loop alive.
   */
  public Progress showLine(Supplier<String> text) {
    Terminal terminal = Terminal.ofStderr();
    return mayPaintOn(terminal)
        ? TerminalLine.show(loop, terminal, System.err, text)
        : Progress.NONE;
  }

  private boolean mayPaintOn(Terminal terminal) {
    // Log lines and a bar would paint over each other.
    boolean may = terminal.interactive() && !log.isDebugEnabled();
    if (may) {
      interrupt.beginLineWith(TerminalProgress.ERASE_LINE);
    }
    return may;
  }

  /**
   * A run of the same command with a loop and a pool of its own, while this one stands still.
   * Ctrl-C comes to it as well; what it has failed with, it tells nobody else.
   *
   * @param threads how many workers
   */
  public CommandRun within(int threads) {
    return new CommandRun(command, threads);
  }

  /** Closes the loop and the pool, unless they were abandoned, and lets the process end. */
  @Override
  public void close() {
    try (interrupt) {
      // The process may be about to end, and waits for this only.
      System.out.flush();
      if (!abandoned) {
        loop.shutdown();
        if (ownPool != null) {
          ownPool.close();
        }
      }
    }
  }
}
