// SPDX-License-Identifier: MIT
package io.minilibuv.linux.inotify;

import java.util.ArrayList;
import java.util.List;

/**
 * What the kernel watches under one number, for all who watch it under whatever path ({@code struct
 * watcher_list}, src/unix/linux.c).
 */
final class WatchedInode {
  final int wd;

  /** In the order of their starts. */
  final List<InotifyWatch> watches = new ArrayList<>();

  /** Whether an event of it is being told; it is not given up then ({@code iterating}). */
  boolean present;

  WatchedInode(int wd) {
    this.wd = wd;
  }
}
