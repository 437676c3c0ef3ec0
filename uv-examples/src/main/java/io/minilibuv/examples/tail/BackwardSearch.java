// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import java.nio.ByteBuffer;

/** Looks for where the last lines or bytes begin, from the end on backwards. */
final class BackwardSearch {
  private final boolean lines;
  private long left;
  private boolean atEnd = true;
  private boolean found;

  /**
   * Stands at the end.
   *
   * @param lines whether lines are counted, and not bytes
   * @param count how many
   */
  BackwardSearch(boolean lines, long count) {
    this.lines = lines;
    this.left = count;
    this.found = count == 0;
  }

  /** Whether the place is known: before it there may be more. */
  boolean isFound() {
    return found;
  }

  /**
   * Goes back through the bytes before those of the last call.
   *
   * @return where the last lines begin in {@code bytes}, or, if that is not found, where those do
   */
  int back(ByteBuffer bytes) {
    int index = bytes.limit();
    while (!found && index > bytes.position()) {
      index--;
      boolean ends = bytes.get(index) == '\n';
      if (!lines) {
        found = --left == 0;
      } else if (ends && !atEnd && --left == 0) {
        found = true;
        index++;
      }
      // A newline in the last byte ends the last line, and begins none.
      atEnd = false;
    }
    return index;
  }
}
