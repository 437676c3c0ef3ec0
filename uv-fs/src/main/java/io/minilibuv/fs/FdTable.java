// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.UvError;
import io.minilibuv.core.internal.GuardedBy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which descriptor stands for which open file: what the kernel keeps for a process, and {@code
 * java.nio} does not show.
 *
 * <p>0, 1 and 2 are the standard streams. A file is given the lowest number from 3 on that is free,
 * and a number is free as soon as it is closed.
 */
@AnyThread
final class FdTable {
  /*
   * A file is held by the table while it has a number, and by every call that is using it. Close
   * takes the number away at once, so that no call can find the file any more, and the last holder
   * closes the file itself. As in a kernel, then: a call that was in progress ends on the file that
   * it began with, and never meets another one that got the number.
   *
   * The lock covers the list and all holders, and is never held while a file is opened, used or
   * closed.
   */
  private static final Logger log = LoggerFactory.getLogger(FdTable.class);

  private static final int FIRST = 3;

  private final Object lock = new Object();

  @GuardedBy("lock")
  private final List<@Nullable OpenFile> files = new ArrayList<>();

  /** Which numbers from {@link #FIRST} on have a file. */
  @GuardedBy("lock")
  private final BitSet used = new BitSet();

  /** A table in which the standard streams are open, and nothing else. */
  FdTable() {
    synchronized (lock) {
      for (int fd = 0; fd < FIRST; fd++) {
        OpenFile stream = StandardStream.of(fd);
        stream.holders = 1;
        files.add(stream);
      }
    }
  }

  /** Gives {@code file}, which nobody knows yet, a number. */
  // @start region="add"
  int add(OpenFile file) {
    synchronized (lock) {
      file.holders = 1;
      int fd = used.nextClearBit(FIRST);
      used.set(fd);
      while (files.size() <= fd) {
        files.add(null);
      }
      files.set(fd, file);
      return fd;
    }
  }

  // @end region="add"

  /** The file that {@code fd} stands for, which stays open until it is released; or null. */
  @Nullable OpenFile acquire(int fd) {
    synchronized (lock) {
      OpenFile file = fd >= 0 && fd < files.size() ? files.get(fd) : null;
      if (file != null) {
        file.holders++;
      }
      return file;
    }
  }

  /** Gives back what {@link #acquire} has given. */
  void release(OpenFile file) {
    if (letGo(file)) {
      try {
        file.close();
      } catch (IOException e) {
        log.debug("closing {} after its last use failed", file, e);
      }
    }
  }

  /**
   * Frees {@code fd}, and closes its file, or leaves that to the last call that uses it.
   *
   * @return 0 or a negative code; {@code fd} is free in any case
   */
  int close(int fd) {
    OpenFile file;
    synchronized (lock) {
      file = fd >= 0 && fd < files.size() ? files.get(fd) : null;
      if (file == null) {
        return UvError.EBADF.code();
      }
      files.set(fd, null);
      used.clear(fd);
    }
    if (letGo(file)) {
      try {
        file.close();
      } catch (IOException e) {
        return FsErrors.codeOf(e);
      }
    }
    return 0;
  }

  /** How many descriptors are in use, the standard streams not counted. */
  int size() {
    synchronized (lock) {
      return used.cardinality();
    }
  }

  private boolean letGo(OpenFile file) {
    synchronized (lock) {
      return --file.holders == 0;
    }
  }
}
