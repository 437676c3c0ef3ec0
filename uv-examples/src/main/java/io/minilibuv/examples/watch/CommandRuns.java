// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import io.minilibuv.async.LoopExecutor;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a command again and again, one at a time. Nobody waits for it: that it has ended, a thread
 * of the JVM's hears, and hands over to the loop's.
 */
final class CommandRuns {
  /*
   * Two ways lead to the end of a run, and both go through the executor: the process has ended, or
   * was made to end with all that it has started. A process that was made to end tells of its end
   * too, and the JVM hands that on by yet another thread: it may come when the next run has begun.
   * So what comes is asked whose end it is, and the end of any but the present one is no news.
   */

  /** Starts a process, which is a system call and waits for nothing. */
  interface Launcher {
    /** With this program's input and output. */
    Launcher INHERITING = command -> new ProcessBuilder(command).inheritIO().start();

    Process start(List<String> command) throws IOException;
  }

  /** Told how it goes. */
  interface Listener {
    /** A run has ended; one that was ended on purpose is not told. */
    void ended(long run, int status);

    /** The command could not be run. */
    void notRun(UvException why);

    /** There was the last run, or, when it was to end, there is none any more. */
    void finished();
  }

  private static final Logger log = LoggerFactory.getLogger(CommandRuns.class);
  private static final Pattern ERRNO = Pattern.compile("error[=:] ?([0-9]{1,4})\\b");

  private final List<String> command;
  private final Launcher launcher;
  private final boolean kill;
  private final long most;
  private final Listener listener;
  private final LoopExecutor executor;
  private @Nullable Process process;
  private long begun;
  private boolean again;
  private boolean killing;
  private boolean ended;

  /**
   * Nothing runs yet.
   *
   * @param kill whether a run that is asked for ends the one that is going on
   * @param most how often it is run; 0 for ever
   */
  CommandRuns(
      Loop loop,
      List<String> command,
      Launcher launcher,
      boolean kill,
      long most,
      Listener listener) {
    this.command = command;
    this.launcher = launcher;
    this.kill = kill;
    this.most = most;
    this.listener = listener;
    this.executor = LoopExecutor.init(loop);
    // Only a run keeps the loop alive.
    executor.unref();
  }

  /** How often it was run. */
  long count() {
    return begun;
  }

  /**
   * Asks for a run: now, or once, however often it is asked for, when the one that goes on ends.
   */
  void ask() {
    if (ended || isLast()) {
      return;
    }
    Process running = process;
    if (running == null) {
      start();
    } else {
      again = true;
      if (kill) {
        kill(running);
      }
    }
  }

  /** Ends it, and the run that is going on. */
  void end() {
    ended = true;
    Process running = process;
    if (running != null) {
      kill(running);
    } else {
      finish();
    }
  }

  private boolean isLast() {
    return most > 0 && begun >= most;
  }

  private void start() {
    again = false;
    begun++;
    try {
      Process started = launcher.start(command);
      log.debug("run {}: process {}", begun, started.pid());
      process = started;
      executor.ref();
      CompletableFuture<Void> unused =
          started.onExit().thenRunAsync(() -> onExit(started), executor);
    } catch (IOException e) {
      listener.notRun(reason(e));
      next();
    }
  }

  private void onExit(Process exited) {
    if (exited == process && !killing) {
      log.debug("run {}: ended with {}", begun, exited.exitValue());
      listener.ended(begun, exited.exitValue());
      next();
    }
  }

  private void kill(Process running) {
    if (!killing) {
      killing = true;
      ProcessTree.end(running, executor, this::onKilled);
    }
  }

  private void onKilled() {
    log.debug("run {}: killed", begun);
    killing = false;
    next();
  }

  private void next() {
    process = null;
    executor.unref();
    if (ended || isLast()) {
      finish();
    } else if (again) {
      start();
    }
  }

  private void finish() {
    if (!executor.isClosing()) {
      ended = true;
      executor.close();
      listener.finished();
    }
  }

  /** What Java says in words, with the system's number. */
  private UvException reason(IOException e) {
    Matcher errno = ERRNO.matcher(String.valueOf(e.getMessage()));
    int code =
        errno.find()
            ? UvError.translateSysError(Integer.parseInt(errno.group(1)))
            : UvError.UNKNOWN.code();
    return new UvException(code, "spawn", command.get(0), e);
  }
}
