// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.CommandRun;
import java.util.ArrayList;
import java.util.List;

/** What the files of one run share, and what it was asked for. */
final class Tail {
  /** What is followed when a file has been written. */
  enum Follow {
    NOTHING,
    /** {@code -f}: the file that was opened, whatever it is called later. */
    DESCRIPTOR,
    /** {@code -F}: whatever file has the name. */
    NAME
  }

  /** How {@code --by} and {@code --interval} are meant. */
  record By(boolean events, long intervalMillis) {}

  /** A reader that does not take what is written to it may take so long, and no longer. */
  private static final long PATIENCE_MILLIS = 2000;

  private final CommandRun run;
  private final TailExtent extent;
  private final Follow follow;
  private final By by;
  private final TailTurns turns = new TailTurns();
  private final TailOutput output;
  private final List<TailFile> files = new ArrayList<>();

  Tail(CommandRun run, TailExtent extent, Follow follow, By by, List<String> names) {
    this.run = run;
    this.extent = extent;
    this.follow = follow;
    this.by = by;
    this.output = new TailOutput(run.loop(), names.size() > 1, this::giveUp);
    names.forEach(name -> files.add(new TailFile(this, name)));
  }

  /** Begins with the first file; the others follow. */
  void start() {
    files.forEach(turns::ask);
  }

  /** Ends it; what has been read is written all the same. */
  void interrupt() {
    end();
    TailFile current = turns.current();
    if (current != null && current.isStream() && !output.isWriting()) {
      run.abandon();
      return;
    }
    run.abandonAfter(PATIENCE_MILLIS);
  }

  /** There is nobody to write for. */
  private void giveUp(UvException failure) {
    run.fail(failure);
    end();
  }

  private void end() {
    output.end();
    files.forEach(TailFile::end);
  }

  // The two ways to follow a name, and what is left without one.

  Follower follower(String name, Runnable look) {
    return by.events() ? new EventFollower(loop(), name, look) : poller(name, look);
  }

  Follower poller(String name, Runnable look) {
    return new PollFollower(loop(), name, by.intervalMillis(), look);
  }

  Follower clock(Runnable look) {
    return new ClockFollower(loop(), by.intervalMillis(), look);
  }

  void say(String title, String what) {
    run.say(title + ": " + what);
  }

  void say(String what) {
    run.say(what);
  }

  void fail(UvException failure) {
    run.fail(failure);
  }

  Loop loop() {
    return run.loop();
  }

  TailTurns turns() {
    return turns;
  }

  TailOutput output() {
    return output;
  }

  TailExtent extent() {
    return extent;
  }

  Follow follow() {
    return follow;
  }
}
