// SPDX-License-Identifier: MIT
package io.minilibuv.linux.inotify;

import io.minilibuv.fs.FsEventBackend;
import org.jspecify.annotations.Nullable;

/** What a handle has of the loop's inotify from start to stop. */
final class InotifyWatch implements FsEventBackend.Watch {
  private final InotifyBackend backend;
  final WatchedInode inode;
  private final String path;
  private final FsEventBackend.Listener listener;
  private boolean stopped;

  InotifyWatch(
      InotifyBackend backend, WatchedInode inode, String path, FsEventBackend.Listener listener) {
    this.backend = backend;
    this.inode = inode;
    this.path = path;
    this.listener = listener;
  }

  /** Tells the listener, unless this was stopped meanwhile. */
  void tell(@Nullable String entry, int events) {
    if (!stopped) {
      listener.onEvent(entry != null ? entry : lastName(), events, 0);
    }
  }

  /** Tells the listener that nobody knows what has happened. */
  void tellLoss(int events) {
    if (!stopped) {
      listener.onEvent(null, events, 0);
    }
  }

  /** What follows the last slash; nothing if that is the end. */
  private String lastName() {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  @Override
  public void stop() {
    if (!stopped) {
      stopped = true;
      backend.unwatch(this);
    }
  }
}
