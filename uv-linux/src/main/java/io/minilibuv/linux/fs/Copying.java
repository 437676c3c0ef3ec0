// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.FsStat;
import io.minilibuv.linux.ffi.Memory;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Copies one file ({@code uv__fs_copyfile}, src/unix/fs.c).
 *
 * <p>A copy that fails takes away what it has made, and leaves what was there before: libuv takes
 * that away, too. So what is going to fail anyway is found out while the old content still is.
 */
final class Copying {
  private static final int O_CLOEXEC = 02000000;
  private static final long FICLONE = 0x40049409;

  /** Where a file was found, instead of made. */
  private static final int FOUND = 0;

  private static final int MADE = 1;

  /** Made through a link that led nowhere, and which is to stay. */
  private static final int MADE_BEHIND_LINK = 2;

  private final FileCalls calls;
  private final StatCalls stats;
  private final Sending sending;
  private final Scratch scratch;
  private final MemorySegment source;
  private final MemorySegment target;
  private final boolean exclusive;
  private final boolean clone;
  private final boolean cloneOnly;
  private int made = FOUND;

  Copying(
      FileCalls calls,
      StatCalls stats,
      Sending sending,
      Scratch scratch,
      MemorySegment source,
      MemorySegment target,
      int flags) {
    this.calls = calls;
    this.stats = stats;
    this.sending = sending;
    this.scratch = scratch;
    this.source = source;
    this.target = target;
    this.exclusive = (flags & FsFlags.COPYFILE_EXCL) != 0;
    this.clone = (flags & FsFlags.COPYFILE_FICLONE) != 0;
    this.cloneOnly = (flags & FsFlags.COPYFILE_FICLONE_FORCE) != 0;
  }

  long run() {
    int from = open(source, FsFlags.O_RDONLY, 0);
    if (from < 0) {
      return from;
    }
    long result = copyFrom(from);
    long closed = Descriptors.close(calls, scratch, from);
    return result < 0 ? result : closed;
  }

  private int open(MemorySegment path, int flags, int mode) {
    return (int) Errors.retried(() -> calls.open(scratch, path, flags | O_CLOEXEC, mode));
  }

  private long copyFrom(int from) {
    FsAnswer answer = new FsAnswer();
    long told = stats.fstat(scratch, from, answer);
    if (told < 0) {
      return told;
    }
    FsStat stat = Objects.requireNonNull(answer.stat());
    int to = openTarget(stat.mode());
    if (to < 0) {
      return to;
    }
    long result = fill(from, to, stat);
    long closed = Descriptors.close(calls, scratch, to);
    result = result < 0 ? result : closed;
    if (result < 0) {
      removeMade();
    }
    return result;
  }

  /** Opens the target, and finds out whether it was there: C does not ask. */
  private int openTarget(int mode) {
    int flags = FsFlags.O_WRONLY | FsFlags.O_CREAT;
    int to = open(target, flags | FsFlags.O_EXCL, mode);
    if (to >= 0) {
      made = MADE;
    }
    if (to != Errors.EEXIST || exclusive) {
      return to;
    }
    to = open(target, FsFlags.O_WRONLY, 0);
    if (to == Errors.ENOENT) {
      to = open(target, flags, mode);
      made = to >= 0 ? MADE_BEHIND_LINK : FOUND;
    }
    return to;
  }

  private long fill(int from, int to, FsStat stat) {
    long size = 0;
    if (!exclusive) {
      FsAnswer answer = new FsAnswer();
      long told = stats.fstat(scratch, to, answer);
      if (told < 0) {
        return told;
      }
      FsStat before = Objects.requireNonNull(answer.stat());
      if (before.isSameFileAs(stat)) {
        return 0;
      }
      size = before.size();
      if (made == FOUND) {
        long settable = setMode(to, before.mode());
        if (settable < 0) {
          return settable;
        }
      }
    }
    if (stat.isDirectory()) {
      // What reading it would say, after the target is empty.
      return Errors.EISDIR;
    }
    return replace(from, to, stat, size);
  }

  private long replace(int from, int to, FsStat stat, long sizeBefore) {
    if (cloneOnly) {
      // It is all or nothing, so that it can come before anything is lost.
      long cloned = clone(from, to);
      if (cloned < 0) {
        return cloned;
      }
    }
    long cut = exclusive ? 0 : truncate(to, cloneOnly ? stat.size() : 0, sizeBefore);
    if (cut < 0) {
      return cut;
    }
    long described = describe(to, stat);
    if (described < 0 || cloneOnly || (clone && clone(from, to) == 0)) {
      return described;
    }
    return copyAll(from, to, stat.size());
  }

  /** An empty file need not be emptied: some file systems refuse to. */
  private long truncate(int to, long size, long sizeBefore) {
    long result = Errors.retried(() -> calls.ftruncate(scratch, to, size));
    return result == Errors.EACCES && sizeBefore == 0 ? 0 : result;
  }

  private long clone(int from, int to) {
    return Errors.retried(() -> calls.ioctl(scratch, to, FICLONE, from));
  }

  /** The times, which must go well; the owner, which need not; and the mode, whatever the umask. */
  private long describe(int to, FsStat stat) {
    MemorySegment times = Times.write(stat.atim(), stat.mtim(), scratch.block());
    long set = Errors.retried(() -> calls.futimens(scratch, to, times));
    if (set < 0) {
      return set;
    }
    int uid = (int) stat.uid();
    int gid = (int) stat.gid();
    Errors.retried(() -> calls.fchown(scratch, to, uid, gid));
    return setMode(to, stat.mode());
  }

  /** On shares of Windows it means nothing, and is refused. */
  private long setMode(int to, int mode) {
    long result = Errors.retried(() -> calls.fchmod(scratch, to, mode));
    return result == Errors.EPERM && StatFsCall.isShare(calls, scratch, to) ? 0 : result;
  }

  private long copyAll(int from, int to, long size) {
    long done = 0;
    while (done < size) {
      long sent = sending.send(scratch, to, from, done, size - done);
      if (sent <= 0) {
        // At 0, somebody has cut the source off.
        return sent;
      }
      done += sent;
    }
    return 0;
  }

  private void removeMade() {
    if (made == MADE) {
      Errors.retried(() -> calls.unlink(scratch, target));
    } else if (made == MADE_BEHIND_LINK) {
      long path = calls.realpath(scratch, target);
      if (path > 0) {
        MemorySegment behind = MemorySegment.ofAddress(path);
        Errors.retried(() -> calls.unlink(scratch, behind));
        Memory.free(behind);
      }
    }
  }
}
