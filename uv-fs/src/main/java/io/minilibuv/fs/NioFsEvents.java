// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.async.internal.InternalAsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.DirectoryWatcher.Posted;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * Watches with a {@link java.nio.file.WatchService}, on every platform.
 *
 * <p>On the loop's thread only; {@link DirectoryWatcher} is the other side.
 */
final class NioFsEvents implements FsEventBackend {
  /*
   * News are told in the order in which they were posted, each to the watches of its directory in
   * the order of their starts. Each knows whether it has been stopped meanwhile, and which was the
   * last news when it began: whatever a callback stops, closes or restarts is not called for old
   * news.
   *
   * A callback that throws ends the pass. What it is at, the news and the watches behind the
   * thrower, are kept in fields, and a send to ourselves brings the next pass, which goes on there.
   * It fetches what was posted meanwhile only when that is done, so that what waits here does not
   * grow without bounds if each callback throws.
   */
  static final String NAME = "nio";

  static final FsEventBackendProvider PROVIDER =
      new FsEventBackendProvider() {
        @Override
        public String name() {
          return NAME;
        }

        @Override
        public FsEventBackend open(Loop loop) {
          return new NioFsEvents(loop);
        }
      };

  /** A test gives a port of its own here. */
  static final LoopField<WatchPort.Opener> PORT =
      LoopField.declareBorrowed("watch_port", loop -> NioWatchPort::open);

  private final InternalAsyncHandle async;
  private final WatchPort.Opener opener;

  /** Opened by the first path that can be watched: one that is wrong shall not cost a thread. */
  private @Nullable DirectoryWatcher watcher;

  private final Deque<Posted> untold = new ArrayDeque<>();

  /** What is being told, and whom it is still to be told. */
  private @Nullable Posted current;

  private Iterator<DirectoryWatch> uncalled = Collections.emptyIterator();

  NioFsEvents(Loop loop) {
    // Here, so that it is the loop's longer than this is: the watching thread sends to it.
    async = InternalAsyncHandle.init(loop, handle -> tell());
    opener = PORT.of(loop);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Watch watch(String path, Listener listener) {
    try {
      WatchTarget target = WatchTarget.find(path);
      DirectoryWatcher opened = watcher;
      if (opened == null) {
        opened = DirectoryWatcher.open(opener, async::send);
        watcher = opened;
      }
      return opened.watch(target, path, listener);
    } catch (IOException | InvalidPathException e) {
      throw new UvException(FsErrors.codeOf(e), FsEventHandle.START, path, e);
    }
  }

  /** Tells what was posted ({@code uv__inotify_read}, src/unix/linux.c). */
  private void tell() {
    boolean done = false;
    try {
      tellAll();
      if (watcher != null) {
        watcher.fetch(untold);
      }
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
      uncalled = current == null ? Collections.emptyIterator() : watchesOf(current);
    } while (current != null);
  }

  private static Iterator<DirectoryWatch> watchesOf(Posted news) {
    return news.directory().watches.iterator();
  }

  @Override
  public void close() {
    try {
      if (watcher != null) {
        watcher.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
