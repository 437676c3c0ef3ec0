// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import io.minilibuv.fs.FsStat;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The account of what is found: each file once, however many names it has.
 *
 * <p>Answers come in any order, so the name that comes first is not always the same one. A file
 * with several names waits until all of the tree is in, and then goes to the name that sorts first.
 */
final class DiskTally {
  /** What a file is to the system, whichever of its names led there. */
  private record Identity(long dev, long ino) {}

  private final ToLongFunction<FsStat> usage;
  private final boolean severalTrees;
  private final Consumer<DiskEntry> counted;
  private final Set<Identity> known = new HashSet<>();
  private final Map<Identity, DiskEntry> linked = new HashMap<>();
  private long entries;
  private long bytes;

  /**
   * @param usage what a file takes
   * @param severalTrees whether what was counted in one may be met in the next
   * @param counted is told of all that is counted
   */
  DiskTally(ToLongFunction<FsStat> usage, boolean severalTrees, Consumer<DiskEntry> counted) {
    this.usage = usage;
    this.severalTrees = severalTrees;
    this.counted = counted;
  }

  /** How many entries were found. */
  long entries() {
    return entries;
  }

  /** What they take, each file once. */
  long bytes() {
    return bytes;
  }

  /**
   * Counts something. What a directory takes itself is in its own sum, and a file's in its
   * parent's.
   *
   * @return null if it was counted before
   */
  @Nullable DiskEntry count(@Nullable DiskEntry parent, String path, FsStat stat) {
    entries++;
    boolean directory = stat.isDirectory();
    DiskEntry entry = new DiskEntry(parent, path, directory, usage.applyAsLong(stat));
    Identity identity = new Identity(stat.dev(), stat.ino());
    boolean severalNames = !directory && stat.nlink() > 1;
    if (severalNames && parent != null) {
      linked.merge(identity, entry, (a, b) -> a.path().compareTo(b.path()) < 0 ? a : b);
      return entry;
    }
    if ((severalNames || (severalTrees && stat.ino() != 0)) && !known.add(identity)) {
      return null;
    }
    if (!directory && parent != null) {
      parent.add(entry.bytes());
    }
    bytes += entry.bytes();
    counted.accept(entry);
    return entry;
  }

  /** All of a tree is in: files with several names go to where they belong. */
  void settle() {
    linked.forEach(
        (identity, file) -> {
          if (known.add(identity)) {
            DiskEntry grown = file;
            for (DiskEntry at = file.parent(); at != null; at = at.parent()) {
              at.grow(file.bytes(), grown.bytes());
              grown = at;
            }
            bytes += file.bytes();
            counted.accept(file);
          }
        });
    linked.clear();
  }
}
