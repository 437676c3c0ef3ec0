// SPDX-License-Identifier: MIT
package io.minilibuv.linux.inotify;

import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * The system calls for watching files, in one place so that a test can have any of them fail.
 *
 * <p>Each is the function of the C library of that name, and answers what that does, or the error's
 * negative number.
 */
interface InotifyCalls {

  /** {@code inotify_init1(2)}. */
  int inotifyInit1(Scratch scratch, int flags);

  /** {@code inotify_add_watch(2)}. */
  int inotifyAddWatch(Scratch scratch, int fd, MemorySegment path, int mask);

  /** {@code inotify_rm_watch(2)}. */
  int inotifyRmWatch(Scratch scratch, int fd, int wd);

  /** {@code read(2)}. */
  long read(Scratch scratch, int fd, MemorySegment bytes, long size);

  /** {@code close(2)}. */
  int close(Scratch scratch, int fd);
}
