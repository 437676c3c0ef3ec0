// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import io.minilibuv.fs.Dirent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that takes space: a file, or a directory with all that is in it.
 *
 * <p>A directory is where answers come together again. It counts what it waits for: its own listing
 * first, and then everything that was listed. When nothing is left its sum is final, and is one of
 * the answers that its parent waits for.
 */
final class DiskEntry {
  /** The biggest first, and by name what is as big. */
  static final Comparator<DiskEntry> BIGGEST_FIRST =
      Comparator.comparingLong(DiskEntry::bytes).reversed().thenComparing(DiskEntry::path);

  private final @Nullable DiskEntry parent;
  private final String path;
  private final boolean directory;
  private final List<DiskEntry> children = new ArrayList<>(0);
  private Iterator<Dirent> unseen = Collections.emptyIterator();
  private int awaited = 1;
  private long bytes;
  private long largest;
  private boolean complete = true;

  /**
   * @param parent the directory that it was found in; null if it was asked for
   * @param bytes what it takes itself
   */
  DiskEntry(@Nullable DiskEntry parent, String path, boolean directory, long bytes) {
    this.parent = parent;
    this.path = path;
    this.directory = directory;
    this.bytes = bytes;
  }

  @Nullable DiskEntry parent() {
    return parent;
  }

  String path() {
    return path;
  }

  boolean isDirectory() {
    return directory;
  }

  /** What it takes, with all in it that is counted by now. */
  long bytes() {
    return bytes;
  }

  /** Counts an entry of it, with all in it. */
  void add(long entry) {
    bytes += entry;
    largest = Math.max(largest, entry);
  }

  /** Counts something more that is in an entry of it, which has grown to {@code entry}. */
  void grow(long more, long entry) {
    bytes += more;
    largest = Math.max(largest, entry);
  }

  /** Whether one entry in it takes more than half of what it takes: then that one tells more. */
  boolean isMostlyOneEntry() {
    return largest > bytes / 2;
  }

  /** Whether the walk was not stopped before all of it was counted. */
  boolean isComplete() {
    return complete;
  }

  void markIncomplete() {
    complete = false;
  }

  /** Remembers what is in it, to be told. */
  void keep(DiskEntry child) {
    children.add(child);
  }

  /** What was kept, the biggest first. */
  List<DiskEntry> children() {
    return children.stream().sorted(BIGGEST_FIRST).toList();
  }

  /** Fan-out: waits for each of {@code entries} from now on, too. */
  void await(List<Dirent> entries) {
    unseen = entries.iterator();
    awaited += entries.size();
  }

  /** The path of an entry that nobody has looked at yet; null if there is none left. */
  @Nullable String nextPath() {
    if (!unseen.hasNext()) {
      // The names are not needed any more, and there may be many.
      unseen = Collections.emptyIterator();
      return null;
    }
    String name = unseen.next().name();
    return path.endsWith("/") ? path + name : path + '/' + name;
  }

  /** Fan-in: one answer has come. Whether it was the last. */
  boolean answered() {
    awaited--;
    return awaited == 0;
  }
}
