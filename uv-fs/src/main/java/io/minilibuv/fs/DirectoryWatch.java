// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.fs.DirectoryWatcher.Posted;
import java.io.File;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a handle has of a {@link DirectoryWatcher} from start to stop. On the loop's thread. */
final class DirectoryWatch implements FsEventBackend.Watch {
  private final DirectoryWatcher watcher;
  final WatchedDirectory directory;
  private final WatchTarget target;
  private final String path;
  private final FsEventBackend.Listener listener;
  private final long since;
  private boolean stopped;

  /**
   * Makes one.
   *
   * @param path the path as it was given
   * @param since the number of the first news that may be for this
   */
  DirectoryWatch(
      DirectoryWatcher watcher,
      WatchedDirectory directory,
      WatchTarget target,
      String path,
      FsEventBackend.Listener listener,
      long since) {
    this.watcher = watcher;
    this.directory = directory;
    this.target = target;
    this.path = path;
    this.listener = listener;
    this.since = since;
  }

  /** Tells the listener, if {@code news} is about what it watches, since it does so. */
  void tell(Posted news) {
    if (stopped || news.number() < since) {
      return;
    }
    DirectoryEvent event = news.event();
    Path watched = target.name();
    switch (event.kind()) {
      case ENTRY -> {
        if (watched == null) {
          tell(Objects.toString(event.name(), null), event);
        } else if (watched.equals(event.name())) {
          tell(lastName(path), event);
        }
      }
      case GONE -> {
        if (watched == null) {
          tell(lastName(path), event);
        }
      }
      case UNKNOWN -> tell(null, event);
    }
  }

  private void tell(@Nullable String filename, DirectoryEvent event) {
    listener.onEvent(filename, event.events(), event.status());
  }

  /** What follows the last slash; nothing if that is the end. */
  private static String lastName(String path) {
    int slash = Math.max(path.lastIndexOf('/'), path.lastIndexOf(File.separatorChar));
    return path.substring(slash + 1);
  }

  @Override
  public void stop() {
    if (!stopped) {
      stopped = true;
      watcher.unwatch(this);
    }
  }
}
