// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.CommandRun;
import io.minilibuv.examples.cli.Printable;
import io.minilibuv.examples.cli.Progress;
import io.minilibuv.examples.cli.StandardOutput;
import io.minilibuv.examples.cli.Terminal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Goes once through a list of files, and prints a line for each, in the order of the list. */
final class HashPass implements HashQueue.Listener {
  /** What is printed of a file. */
  interface Line {
    /** No line. */
    String NONE = "";

    /** {@code hash}, at this place of the list, has a result or a failure. */
    String of(int index, FileHash hash);
  }

  /** How long, after Ctrl-C, a read may take to return. One of a terminal or a FIFO never may. */
  private static final long PATIENCE_MILLIS = 500;

  private final CommandRun run;
  private final Line line;
  private final InOrder<String> lines = new InOrder<>(this::print);
  private final boolean interactive = Terminal.ofStdout().interactive();
  private Progress progress = Progress.NONE;
  private @Nullable HashQueue queue;
  private long bytes;
  private long nanos;
  private int hashed;

  /** Nothing is hashed yet. */
  HashPass(CommandRun run, Line line) {
    this.run = run;
    this.line = line;
  }

  /** Does it. Ctrl-C ends it, with what is done by then. */
  void go(List<String> paths, int jobs, String task, Progress.Amount amount) {
    HashQueue started = new HashQueue(run.loop(), paths, jobs, this);
    queue = started;
    run.onInterrupt(this::stop);
    long began = Uv.hrtime();
    try (Progress shown = run.showProgress(task, amount)) {
      progress = shown;
      started.start();
      run.untilDone();
    }
    progress = Progress.NONE;
    queue = null;
    nanos = Uv.hrtime() - began;
    lines.flush();
    run.moved(bytes);
  }

  private void stop() {
    if (queue == null) {
      return;
    }
    queue.stop();
    queue = null;
    run.abandonAfter(PATIENCE_MILLIS);
  }

  @Override
  public void read(long more) {
    bytes += more;
  }

  @Override
  public void done(int index, FileHash hash) {
    UvException failure = hash.failure();
    if (failure == null) {
      hashed++;
    }
    if (failure == null || failure.error() != UvError.ECANCELED) {
      lines.put(index, line.of(index, hash));
    }
  }

  private void print(String text) {
    if (text.equals(Line.NONE)) {
      return;
    }
    if (interactive) {
      progress.makeRoom();
      run.tell(Printable.line(text));
    } else {
      run.tell(text);
    }
    if (StandardOutput.isInVain()) {
      // Nobody reads it any more.
      stop();
    }
  }

  /** How many files have been hashed to their ends. */
  int hashed() {
    return hashed;
  }

  /** How many bytes have been read. */
  long bytes() {
    return bytes;
  }

  /** How long it took. */
  long nanos() {
    return nanos;
  }
}
