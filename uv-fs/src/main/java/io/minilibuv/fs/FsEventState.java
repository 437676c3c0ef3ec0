// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.DirectoryWatcher.Posted;
import io.minilibuv.fs.DirectoryWatcher.Watch;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What a loop watches directories with ({@code inotify_fd} and {@code inotify_watchers} of {@code
 * uv_loop_t}).
 *
 * <p>It is made when the loop's first handle is started, and goes with the loop. On the loop's
 * thread only; {@link DirectoryWatcher} is the other side.
 */
final class FsEventState implements AutoCloseable {
  /*
   * News are told in the order in which they were posted, each to the handles of its directory in
   * the order of their starts. Before each call it is asked anew if the handle still has the watch
   * that the news is for: whatever a callback stops, closes or restarts is not called for old news.
   * The number of the watch tells, for one that began later, be it on another directory, has a
   * number above those of all that was posted before.
   *
   * A callback that throws ends the pass. What it is at, the news and the handles behind the
   * thrower, are kept in fields, and a send to ourselves brings the next pass, which goes on there.
   * It fetches what was posted meanwhile only when that is done, so that what waits here does not
   * grow without bounds if each callback throws.
   */
  /** A test gives a port of its own here. */
  static final LoopField<WatchPort.Opener> PORT =
      LoopField.declareBorrowed("inotify_fd", loop -> NioWatchPort::open);

  private static final LoopField<FsEventState> STATE =
      LoopField.declare("inotify_watchers", FsEventState::new);

  private final InternalAsyncHandle async;
  private final DirectoryWatcher watcher;
  private final Deque<Posted> untold = new ArrayDeque<>();

  /** What is being told, and whom it is still to be told. */
  private @Nullable Posted current;

  private Iterator<FsEventHandle> uncalled = Collections.emptyIterator();

  private FsEventState(Loop loop) {
    async = InternalAsyncHandle.init(loop, handle -> tell());
    boolean opened = false;
    try {
      watcher = DirectoryWatcher.open(PORT.of(loop), async::send);
      opened = true;
    } catch (IOException e) {
      throw new UvException(FsErrors.codeOf(e), FsEventHandle.START, null, e);
    } finally {
      if (!opened) {
        async.close();
      }
    }
  }

  static FsEventState of(Loop loop) {
    return STATE.of(loop);
  }

  Watch watch(FsEventHandle handle, WatchTarget target) throws IOException {
    return watcher.watch(handle, target);
  }

  void unwatch(FsEventHandle handle, Watch watch) {
    watcher.unwatch(handle, watch);
  }

  /** Tells the handles what was posted ({@code uv__inotify_read}, src/unix/linux.c). */
  private void tell() {
    boolean done = false;
    try {
      tellAll();
      watcher.fetch(untold);
      tellAll();
      done = true;
    } finally {
      if (!done) {
        async.send();
      }
    }
  }

  private void tellAll() {
    do {
      Posted news = current;
      while (news != null && uncalled.hasNext()) {
        uncalled.next().tell(news);
      }
      current = untold.poll();
      uncalled = current == null ? Collections.emptyIterator() : handlesOf(current);
    } while (current != null);
  }

  private static Iterator<FsEventHandle> handlesOf(Posted news) {
    return news.directory().handles.iterator();
  }

  @Override
  public void close() throws IOException {
    watcher.close();
  }
}
