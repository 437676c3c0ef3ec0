// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.fs.Dirent;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One directory, which waits for everything that is in it. */
abstract class DirectoryJob extends Job {
  private List<Dirent> listing = List.of();
  private int begun;
  private int unended;
  private boolean lost;

  DirectoryJob(Traversal tree, @Nullable DirectoryJob parent, TreeEntry entry) {
    super(tree, parent, entry);
  }

  /** Hands the entries over to the traversal, which takes them one by one. */
  final void open(List<Dirent> entries) {
    listing = entries;
    unended = entries.size();
    if (unended == 0) {
      filled();
    } else {
      tree.opened(this);
    }
  }

  /** Everything that is in it has ended, or was left out. Called once after {@link #open}. */
  abstract void filled();

  final boolean hasNext() {
    return begun < listing.size();
  }

  /** The name of the next entry. */
  final String next() {
    return listing.get(begun++).name();
  }

  /**
   * Leaves out what has not begun.
   *
   * @return whether nothing is left to wait for, and was before
   */
  final boolean skipRest() {
    int rest = listing.size() - begun;
    begun += rest;
    unended -= rest;
    return rest > 0 && unended == 0;
  }

  /**
   * Something in it has ended.
   *
   * @param childLost whether not all went well with it
   * @return whether that was the last
   */
  final boolean childEnded(boolean childLost) {
    lost |= childLost;
    return --unended == 0;
  }

  @Override
  final boolean isLost() {
    return lost || super.isLost();
  }
}
