// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.internal.GuardedBy;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.WatchKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for what happens to a loop's watched directories, and posts it to the loop.
 *
 * <p>It is a daemon of the name {@code libuv-fs-event}. Libuv needs none: the loop polls the
 * kernel's descriptor, which {@link java.nio.file.WatchService} keeps to itself.
 */
final class DirectoryWatcher implements Runnable, AutoCloseable {
  /*
   * Two threads. The loop's starts and ends watches, and fetches what was posted. The watching
   * thread takes keys, reads their events, looks at the entries, and posts.
   *
   * Who owns what. The watches of a directory are the loop's. Its listing is the watching thread's;
   * all looking at the disk that takes time is done there. Under the lock is what both touch: which
   * key is which directory's, the directories that have no listing yet, and what was posted.
   *
   * Edges. A key is registered and noted under the lock; a key that is taken is looked up under the
   * lock. So one that the service signals at once is found by whoever takes it, and what the loop
   * has written into the directory before is visible. What is posted goes through the lock to the
   * loop; the send to the async handle comes after it. The loop's async handle is cleared before it
   * fetches. So a post that a fetch comes too early for is followed by a send that brings another.
   *
   * Old news. All that is posted has a number, and a watch remembers the number of the next post
   * when it begins. What was posted before has happened before: it was read from the key and posted
   * under the lock before the loop came by here. Such news are not for the watch. What is posted
   * later may have happened after it began and must not be lost. So a directory that nobody else
   * watched tells nothing old, since its key is new; of one that has another watch, what was on its
   * way from the kernel at the time comes to the new one too, as in C. A watch that has ended is
   * told nothing: that is decided on the loop's thread when the news is due.
   *
   * The interrupt is how the loop calls the watching thread away from waiting: for new directories,
   * or for the end. What it is called for is written under the lock before. If the interrupt comes
   * while the thread is at something else, its next wait ends at once, and it looks then. Nothing
   * that it does in between can be interrupted. Nobody else knows the thread.
   *
   * The key that is not valid any more after its reset belongs to a directory that is gone (or that
   * nobody watches; then nobody is told). From then on it gets no events, but may have got some
   * since it was read: they are read once more, and the end comes after them.
   *
   * Room. Not more than some thousand news wait for a loop that is busy. Then the watching thread
   * takes no keys until the loop has come; the service merges what it can meanwhile, and tells if it
   * has lost something.
   *
   * Lock order: this lock, then those of the watch service. The watching thread holds this lock for
   * some steps only, and never while it reads the disk or sends; the loop holds it while it
   * registers, which is as long as the system call takes. No user's code is called under it.
   */
  private static final String THREAD_NAME = "libuv-fs-event";

  /** How many news may wait for the loop before no more keys are taken. */
  static final int ROOM = 4096;

  /** News with its place in the order of posting. */
  record Posted(WatchedDirectory directory, DirectoryEvent event, long number) {}

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition fetched = lock.newCondition();
  private final WatchPort port;
  private final Runnable wakeLoop;
  private final Thread thread;

  @GuardedBy("lock")
  private final Map<WatchKey, WatchedDirectory> directories = new HashMap<>();

  @GuardedBy("lock")
  private final Queue<WatchedDirectory> unlisted = new ArrayDeque<>();

  @GuardedBy("lock")
  private final Deque<Posted> posted = new ArrayDeque<>();

  @GuardedBy("lock")
  private long nextNumber;

  @GuardedBy("lock")
  private boolean closed;

  private DirectoryWatcher(WatchPort port, Runnable wakeLoop) {
    this.port = port;
    this.wakeLoop = wakeLoop;
    this.thread = new Thread(null, this, THREAD_NAME, 0, false);
    thread.setDaemon(true);
    // A loop that is left open must not keep alive whatever its thread had there.
    thread.setContextClassLoader(null);
  }

  /**
   * Opens a watch service and starts its thread.
   *
   * @param wakeLoop called on the watching thread when something was posted
   */
  static DirectoryWatcher open(WatchPort.Opener opener, Runnable wakeLoop) throws IOException {
    WatchPort port = opener.open();
    boolean started = false;
    try {
      DirectoryWatcher watcher = new DirectoryWatcher(port, wakeLoop);
      watcher.thread.start();
      started = true;
      return watcher;
    } finally {
      if (!started) {
        port.close();
      }
    }
  }

  /**
   * Tells {@code listener} of {@code target} from now on. On the loop's thread.
   *
   * @param path what {@code target} was found by
   */
  DirectoryWatch watch(WatchTarget target, String path, FsEventBackend.Listener listener)
      throws IOException {
    lock.lock();
    try {
      WatchKey key = port.register(target.directory());
      WatchedDirectory directory = directories.get(key);
      if (directory == null) {
        directory =
            new WatchedDirectory(key, new DirectoryListing(target.directory(), target.identity()));
        directories.put(key, directory);
        unlisted.add(directory);
        thread.interrupt();
      }
      DirectoryWatch watch =
          new DirectoryWatch(this, directory, target, path, listener, nextNumber);
      directory.watches.add(watch);
      return watch;
    } finally {
      lock.unlock();
    }
  }

  /** Ends what {@link #watch} began; the last one ends the key. On the loop's thread. */
  void unwatch(DirectoryWatch watch) {
    WatchedDirectory directory = watch.directory;
    directory.watches.remove(watch);
    if (directory.watches.isEmpty()) {
      forget(directory);
      directory.key.cancel();
    }
  }

  /** Adds to {@code to} all that was posted and not fetched. On the loop's thread. */
  void fetch(Deque<Posted> to) {
    lock.lock();
    try {
      to.addAll(posted);
      posted.clear();
      fetched.signal();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Ends the watch service and the thread. Does not wait for the thread, which may hang on a disk;
   * it touches nothing of the loop's but the async handle, which waits for its senders.
   */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    thread.interrupt();
    port.close();
  }

  @Override
  public void run() {
    while (!isClosed()) {
      try {
        makeListings();
        awaitRoom();
        serve(port.take());
      } catch (InterruptedException e) {
        // There are new directories, or this is the end.
      } catch (ClosedWatchServiceException e) {
        return;
      }
    }
  }

  private boolean isClosed() {
    lock.lock();
    try {
      return closed;
    } finally {
      lock.unlock();
    }
  }

  private void makeListings() {
    WatchedDirectory next;
    while ((next = nextUnlisted()) != null) {
      List<DirectoryEvent> failure = new ArrayList<>();
      guard(next.listing::make, failure);
      post(next, failure);
    }
  }

  private @Nullable WatchedDirectory nextUnlisted() {
    lock.lock();
    try {
      return closed ? null : unlisted.poll();
    } finally {
      lock.unlock();
    }
  }

  private void awaitRoom() throws InterruptedException {
    lock.lock();
    try {
      while (posted.size() >= ROOM && !closed) {
        fetched.await();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Posts what has happened to the directory of {@code key}. */
  private void serve(WatchKey key) {
    WatchedDirectory directory = find(key);
    List<DirectoryEvent> events = new ArrayList<>();
    if (directory != null) {
      guard(directory.listing::make, events);
      guard(() -> directory.listing.read(key.pollEvents(), events::add), events);
    }
    boolean valid = key.reset();
    if (directory == null) {
      return;
    }
    if (!valid) {
      guard(() -> directory.listing.read(key.pollEvents(), events::add), events);
      events.add(DirectoryEvent.GONE);
      forget(directory);
    }
    post(directory, events);
  }

  /**
   * Whatever goes wrong with one directory is told who watches it, and ends nothing for the others.
   */
  private static void guard(Runnable task, List<DirectoryEvent> events) {
    try {
      task.run();
    } catch (RuntimeException | Error e) {
      events.add(DirectoryEvent.failed(FsErrors.codeOf(e)));
    }
  }

  private @Nullable WatchedDirectory find(WatchKey key) {
    lock.lock();
    try {
      return directories.get(key);
    } finally {
      lock.unlock();
    }
  }

  private void forget(WatchedDirectory directory) {
    lock.lock();
    try {
      directories.remove(directory.key, directory);
      unlisted.remove(directory);
    } finally {
      lock.unlock();
    }
  }

  private void post(WatchedDirectory directory, List<DirectoryEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    lock.lock();
    try {
      for (DirectoryEvent event : events) {
        posted.add(new Posted(directory, event, nextNumber++));
      }
    } finally {
      lock.unlock();
    }
    wakeLoop.run();
  }
}
