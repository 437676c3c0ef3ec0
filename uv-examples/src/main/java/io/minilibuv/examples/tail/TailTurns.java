// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who may write now: one file after the other, each until it has nothing more. A file that asks
 * again while it waits has one turn all the same, and one that asks in its turn has another.
 */
final class TailTurns {
  private final Set<TailFile> waiting = new LinkedHashSet<>();
  private @Nullable TailFile current;

  /** Gives {@code file} a turn, now or when those before it are through. */
  void ask(TailFile file) {
    waiting.add(file);
    next();
  }

  /** Ends the turn that there is. */
  void done() {
    current = null;
    next();
  }

  /** Whose turn it is; null if nobody has anything to do. */
  @Nullable TailFile current() {
    return current;
  }

  private void next() {
    Iterator<TailFile> first = waiting.iterator();
    if (current == null && first.hasNext()) {
      current = first.next();
      first.remove();
      current.turn();
    }
  }
}
