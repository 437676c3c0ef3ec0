// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Stdio;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import org.jspecify.annotations.Nullable;

/** A name of the command line, and the file that is read under it. */
final class TailFile {
  /*
   * A turn looks at the name, and goes one of these ways:
   *
   *   the name leads to     no file is open                 a file is open
   *   -----------------     ---------------                 --------------
   *   the open file                                         cut? read on
   *   another file          open it, read                   -F: read on; close it, open the other
   *                                                         -f: leave the name
   *   nothing               -F: wait                        -F: read on; wait
   *                         else: give up                   -f: leave the name
   *
   * A file that has left its name (-f) is looked at by its descriptor: cut? read on.
   *
   * Who waits for a name keeps the file that had it, if that has another name now: the one who
   * writes may not know yet that it was renamed. What came is read when the name leads to a new one.
   *
   * Nothing is missed, since watching begins before the look that counts: before a file is opened,
   * and, where there is none, before it is looked for once more.
   */
  private final Tail tail;
  private final String name;
  private final String title;
  private final boolean stdin;
  private @Nullable Follower follower;
  private @Nullable TailReader reader;

  /** Of the file that is there first a part is written; of others all. */
  private boolean first = true;

  /** Whether it was told that the name leads to nothing. */
  private boolean missing;

  /** Whether this look is the one after watching began. */
  private boolean watched;

  /** Whether the file has left its name. */
  private boolean nameless;

  /** Whether it is a pipe or the like: to read it may take as long as others want. */
  private boolean stream;

  private boolean ended;

  TailFile(Tail tail, String argument) {
    this.tail = tail;
    this.stdin = argument.equals("-");
    this.name = stdin ? "/dev/stdin" : argument;
    this.title = stdin ? "standard input" : argument;
  }

  /** Looks, and writes what is new. */
  void turn() {
    TailReader open = reader;
    if (ended) {
      tail.turns().done();
    } else if (open != null && nameless) {
      Fs.fstat(tail.loop(), open.fd(), request -> onDescriptor(open, request));
    } else {
      Fs.stat(tail.loop(), name, this::onName);
    }
  }

  private void onName(FsRequest request) {
    FsStat found = request.result() < 0 ? null : request.stat();
    TailReader open = reader;
    if (ended) {
      tail.turns().done();
    } else if (open != null) {
      lookAt(open, found, request);
    } else if (found != null) {
      open(found);
    } else if (stdin) {
      open(FsStat.ZERO);
    } else {
      waitOrGiveUp(request.error());
    }
  }

  private void lookAt(TailReader open, @Nullable FsStat found, FsRequest request) {
    boolean same = found != null && found.isSameFileAs(open.opened());
    if (!same && tail.follow() == Tail.Follow.DESCRIPTOR) {
      leaveName();
    } else if (found == null) {
      open.readOn(failure -> lose(open, request.error()));
    } else if (!same) {
      open.readOn(failure -> replace(open));
    } else {
      readOn(open, found.size());
    }
  }

  private void readOn(TailReader open, long size) {
    if (missing) {
      missing = false;
      tail.say(title, "has come back");
      watch();
      tail.turns().ask(this);
    }
    if (open.opened().isRegularFile() && size < open.position()) {
      tail.say(title, "file truncated");
      open.rewind();
    }
    open.readOn(this::done);
  }

  private void onDescriptor(TailReader open, FsRequest request) {
    if (request.result() < 0) {
      done(request.error());
    } else {
      readOn(open, request.stat().size());
    }
  }

  // Opening.

  private void open(FsStat found) {
    boolean follows = tail.follow() != Tail.Follow.NOTHING;
    stream = !found.isRegularFile() && !found.isDirectory();
    if (stdin && (stream || !follows)) {
      // From where it is, whatever it is: somebody may have read from it before.
      begin(Stdio.STDIN, FsStat.ZERO);
      return;
    }
    if (follows && canBeFollowed(found)) {
      watch();
    }
    Fs.open(tail.loop(), name, FsFlags.O_RDONLY, 0, request -> onOpen(request, found));
  }

  /** A device that has nothing now may have something later; who waits for a pipe blocks others. */
  private boolean canBeFollowed(FsStat found) {
    return !stream || (!stdin && found.fileType() == FsStat.S_IFCHR);
  }

  private void onOpen(FsRequest request, FsStat found) {
    if (request.result() < 0) {
      waitOrGiveUp(request.error());
    } else {
      int fd = (int) request.result();
      Fs.fstat(tail.loop(), fd, stat -> onOpened(fd, stat, found));
    }
  }

  /** The name may have gone over to another file meanwhile: then it is not clear which this is. */
  private void onOpened(int fd, FsRequest request, FsStat found) {
    FsStat opened = request.result() < 0 ? found : request.stat();
    if (ended) {
      Fs.close(tail.loop(), fd, closed -> {});
    } else if (tail.follow() == Tail.Follow.NOTHING || opened.isSameFileAs(found)) {
      begin(fd, opened);
    } else {
      Fs.close(tail.loop(), fd, closed -> turn());
    }
  }

  private void begin(int fd, FsStat opened) {
    TailReader begun =
        new TailReader(
            tail.loop(),
            fd,
            opened,
            name,
            (pieces, done) -> tail.output().write(title, pieces, done));
    reader = begun;
    if (missing) {
      missing = false;
      tail.say(title, "has appeared; following the new file");
    }
    if (first) {
      first = false;
      tail.output().begin(title, () -> begun.begin(tail.extent(), this::done));
    } else {
      begun.readOn(this::done);
    }
  }

  // What becomes of a name.

  private void waitOrGiveUp(@Nullable UvException why) {
    if (ended || tail.follow() != Tail.Follow.NAME) {
      done(why);
      return;
    }
    if (!missing && why != null) {
      tail.say(why.getMessage() + "; waiting for it");
    }
    waitForIt();
  }

  private void waitForIt() {
    first = false;
    missing = true;
    if (!watched && !ended) {
      watch();
      watched = true;
      tail.turns().ask(this);
    }
    tail.turns().done();
  }

  /** What was to come after it is read: the file is closed if nobody can write to it any more. */
  private void lose(TailReader open, @Nullable UvException why) {
    if (!missing && why != null) {
      tail.say(title, "has become inaccessible: " + why.getMessage());
    }
    Fs.fstat(
        tail.loop(),
        open.fd(),
        stat -> {
          if (stat.result() < 0 || stat.stat().nlink() == 0) {
            open.close();
            reader = null;
          }
          waitForIt();
        });
  }

  private void replace(TailReader open) {
    if (!missing) {
      tail.say(title, "has been replaced; following the new file");
    }
    open.close();
    reader = null;
    turn();
  }

  private void leaveName() {
    nameless = true;
    if (follower != null) {
      follower.close();
    }
    follower = tail.clock(this::hint);
    follower.watch();
    turn();
  }

  // Following.

  private void watch() {
    if (follower == null) {
      follower = tail.follower(name, this::hint);
    }
    try {
      follower.watch();
    } catch (UvException e) {
      tail.say(e.getMessage() + "; asking again and again instead");
      follower.close();
      follower = tail.poller(name, this::hint);
      follower.watch();
    }
  }

  private void hint() {
    watched = false;
    tail.turns().ask(this);
  }

  private void done(@Nullable UvException failure) {
    if (failure != null && !ended) {
      tail.fail(failure);
      end();
    } else if (follower == null) {
      if (tail.follow() != Tail.Follow.NOTHING && !stdin && !ended) {
        tail.say(title, "is not followed: it is no regular file");
      }
      end();
    }
    tail.turns().done();
  }

  /** Whether a worker may be waiting for others to write. */
  boolean isStream() {
    return stream;
  }

  /** Ends it: what is under way calls back, and nothing else comes. */
  void end() {
    ended = true;
    if (follower != null) {
      follower.close();
      follower = null;
    }
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
