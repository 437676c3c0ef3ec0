// SPDX-License-Identifier: MIT
package io.minilibuv.linux.inotify;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What the kernel watches under one number, for all who watch it under whatever path ({@code struct
 * watcher_list}, src/unix/linux.c).
 */
final class WatchedInode {
  final int wd;

  /** In the order of their starts. A walk goes over those that were there when it began. */
  final List<InotifyWatch> watches = new CopyOnWriteArrayList<>();

  WatchedInode(int wd) {
    this.wd = wd;
  }
}
