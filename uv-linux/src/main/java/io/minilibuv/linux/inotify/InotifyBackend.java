// SPDX-License-Identifier: MIT
package io.minilibuv.linux.inotify;

import io.minilibuv.core.IoWatcher;
import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsEventBackend;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.linux.ffi.Scratch;
import io.minilibuv.linux.ffi.UnencodableException;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * One inotify descriptor for a loop, polled by the loop like any other ({@code inotify_fd}, {@code
 * inotify_read_watcher} and {@code inotify_watchers} of {@code uv_loop_t}).
 *
 * <p>Differs from C: when the kernel's queue was full and events were lost, everybody is told so.
 */
final class InotifyBackend implements FsEventBackend {
  /*
   * The kernel gives what is watched a number, the same for all paths that lead to it, and never
   * gives that to anything else later. So an event whose number nobody has is old, and dropped: a
   * watch that was stopped is not told what had happened before. One that joins another on the same
   * is told what is still on its way to that one, as in C. The number of what the present event is
   * about is given up when all have been told of it, and not before: so a callback that stops its
   * handle and starts it again joins what is on its way, as in C.
   *
   * A callback that throws ends the pass. The event it is at, who is still to be told of it, and the
   * events behind it are kept, and the watcher is fed: it is called in the next iteration's pending
   * phase, and goes on there before it reads on.
   */
  static final String NAME = "inotify";

  static final String START = "uv_fs_event_start";

  // The flags of open(2), the same on x86-64 and arm64.
  private static final int IN_NONBLOCK = 0x800;
  private static final int IN_CLOEXEC = 0x80000;

  private final InotifyCalls calls;
  private final int fd;
  private final IoWatcher watcher;

  /** Shared, for a loop may go to another thread. */
  private final Arena arena = Arena.ofShared();

  private final InotifyEvents read = new InotifyEvents(arena);
  private final Map<Integer, WatchedInode> inodes = new HashMap<>();

  /** What the present event is about: all, if events were lost. */
  private List<WatchedInode> present = List.of();

  /** Who is still to be told of it. */
  private Iterator<InotifyWatch> untold = Collections.emptyIterator();

  /**
   * Opens one ({@code init_inotify}, src/unix/linux.c).
   *
   * @throws UvException what the system says; ENOTSUP if the loop's poller takes no descriptors
   */
  InotifyBackend(Loop loop, InotifyCalls calls) {
    this.calls = calls;
    boolean opened = false;
    try {
      fd = open(calls);
      try {
        watcher = started(IoWatcher.of(loop, fd, START, (w, events) -> onReadable()));
        opened = true;
      } finally {
        if (!opened) {
          close(calls, fd);
        }
      }
    } finally {
      if (!opened) {
        arena.close();
      }
    }
  }

  /** To watch the descriptor takes calls too, so this gives the scratch back before. */
  private static int open(InotifyCalls calls) {
    try (Scratch scratch = Scratch.take()) {
      return UvError.orThrow(calls.inotifyInit1(scratch, IN_NONBLOCK | IN_CLOEXEC), START);
    }
  }

  private static IoWatcher started(IoWatcher made) {
    boolean started = false;
    try {
      made.start(IoWatcher.READABLE);
      started = true;
      return made;
    } finally {
      if (!started) {
        made.close();
      }
    }
  }

  private static void close(InotifyCalls calls, int fd) {
    try (Scratch scratch = Scratch.take()) {
      calls.close(scratch, fd);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Watches a path ({@code uv_fs_event_start}, src/unix/linux.c). */
  @Override
  public Watch watch(String path, Listener listener) {
    int wd;
    try (Scratch scratch = Scratch.take()) {
      wd = calls.inotifyAddWatch(scratch, fd, scratch.path(path), InotifyEvents.ALL);
    } catch (UnencodableException e) {
      throw new UvException(e.code(), START, path, e);
    }
    if (wd < 0) {
      throw new UvException(wd, START, path);
    }
    WatchedInode inode = inodes.computeIfAbsent(wd, WatchedInode::new);
    InotifyWatch watch = new InotifyWatch(this, inode, path, listener);
    inode.watches.add(watch);
    return watch;
  }

  void unwatch(InotifyWatch watch) {
    WatchedInode inode = watch.inode;
    inode.watches.remove(watch);
    giveUpIfUnwatched(inode);
  }

  /** The last one ends it ({@code maybe_free_watcher_list}, src/unix/linux.c). */
  private void giveUpIfUnwatched(WatchedInode inode) {
    if (inode.watches.isEmpty() && !inode.present) {
      inodes.remove(inode.wd);
      try (Scratch scratch = Scratch.take()) {
        // It fails if the kernel has ended it before, since what was watched is gone.
        calls.inotifyRmWatch(scratch, fd, inode.wd);
      }
    }
  }

  /** Reads until there is nothing more, and tells it ({@code uv__inotify_read}). */
  private void onReadable() {
    boolean done = false;
    try {
      do {
        tellRead();
      } while (readMore());
      done = true;
    } finally {
      if (!done) {
        watcher.feed();
      }
    }
  }

  private boolean readMore() {
    try (Scratch scratch = Scratch.take()) {
      long size;
      do {
        size = read.fill(calls, scratch, fd);
      } while (size == UvError.EINTR.code());
      if (size < 0 && size != UvError.EAGAIN.code()) {
        throw new UvException((int) size, "uv__inotify_read", null);
      }
      return size > 0;
    }
  }

  private void tellRead() {
    do {
      while (untold.hasNext()) {
        tell(untold.next());
      }
      endEvent();
    } while (advance());
  }

  private boolean advance() {
    boolean more = read.advance();
    if (more) {
      present = inodesOf(read);
      present.forEach(inode -> inode.present = true);
      untold = watchesOf(present);
    }
    return more;
  }

  private void endEvent() {
    List<WatchedInode> past = present;
    present = List.of();
    past.forEach(inode -> inode.present = false);
    past.forEach(this::giveUpIfUnwatched);
  }

  private void tell(InotifyWatch watch) {
    if (read.isOverflow()) {
      watch.tellLoss(FsEventHandle.CHANGE);
    } else {
      watch.tell(read.name(), read.events());
    }
  }

  private List<WatchedInode> inodesOf(InotifyEvents event) {
    if (event.isOverflow()) {
      return List.copyOf(inodes.values());
    }
    WatchedInode inode = inodes.get(event.wd());
    return inode == null ? List.of() : List.of(inode);
  }

  private static Iterator<InotifyWatch> watchesOf(List<WatchedInode> inodes) {
    List<InotifyWatch> all = new ArrayList<>();
    inodes.forEach(inode -> all.addAll(inode.watches));
    return all.iterator();
  }

  /** Closes it with the loop ({@code uv__platform_loop_delete}, src/unix/linux.c). */
  @Override
  public void close() {
    watcher.close();
    close(calls, fd);
    arena.close();
  }
}
