// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import java.nio.ByteBuffer;
import java.util.List;

/** Leaves out the first lines or bytes. */
final class SkipFirst implements Cut {
  private final boolean lines;
  private long left;

  /**
   * Nothing is left out yet.
   *
   * @param lines whether lines are counted, and not bytes
   * @param count how many
   */
  SkipFirst(boolean lines, long count) {
    this.lines = lines;
    this.left = count;
  }

  @Override
  public List<ByteBuffer> next(ByteBuffer bytes) {
    while (left > 0 && bytes.hasRemaining()) {
      if (bytes.get() == '\n' || !lines) {
        left--;
      }
    }
    return bytes.hasRemaining() ? List.of(bytes) : List.of();
  }

  @Override
  public List<ByteBuffer> rest() {
    return List.of();
  }
}
