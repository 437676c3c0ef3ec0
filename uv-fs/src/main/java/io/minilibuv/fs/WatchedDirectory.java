// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.nio.file.WatchKey;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A directory that is watched for one loop, by one key for all who do so ({@code watcher_list},
 * src/unix/linux.c).
 */
final class WatchedDirectory {
  /** What the watch service tells of it by. */
  final WatchKey key;

  /** For the watching thread. */
  final DirectoryListing listing;

  /**
   * Who watches it, in the order of their starts. On the loop's thread. A walk goes over those that
   * were there when it began.
   */
  final List<DirectoryWatch> watches = new CopyOnWriteArrayList<>();

  WatchedDirectory(WatchKey key, DirectoryListing listing) {
    this.key = key;
    this.listing = listing;
  }
}
