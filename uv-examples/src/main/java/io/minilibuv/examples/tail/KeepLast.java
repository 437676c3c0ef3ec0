// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * Keeps the last lines or bytes of what comes, and lets go of chunks that are surely too old. For
 * what can be read only forwards.
 */
final class KeepLast implements Cut {
  private static final int CHUNK = 64 * 1024;

  /** Some bytes that came one after the other, and how many units end in them. */
  private static final class Chunk {
    final ByteBuffer bytes = ByteBuffer.allocate(CHUNK);
    long units;
  }

  private final boolean lines;
  private final long count;
  private final Deque<Chunk> chunks = new ArrayDeque<>();
  private long units;

  /**
   * Nothing is kept yet.
   *
   * @param lines whether lines are counted, and not bytes
   * @param count how many
   */
  KeepLast(boolean lines, long count) {
    this.lines = lines;
    this.count = count;
  }

  @Override
  public List<ByteBuffer> next(ByteBuffer bytes) {
    while (count > 0 && bytes.hasRemaining()) {
      append(bytes);
      // Of lines one more, since that which ends in the last byte has its text before it.
      while (units - chunks.getFirst().units > count) {
        units -= chunks.removeFirst().units;
      }
    }
    return List.of();
  }

  /** Moves what fits to the last chunk, or to a new one if that is full. */
  private void append(ByteBuffer from) {
    if (chunks.isEmpty() || !chunks.getLast().bytes.hasRemaining()) {
      chunks.add(new Chunk());
    }
    Chunk last = chunks.getLast();
    ByteBuffer part = from.slice();
    part.limit(Math.min(part.remaining(), last.bytes.remaining()));
    from.position(from.position() + part.remaining());
    long added = lines ? newlines(part.duplicate()) : part.remaining();
    last.units += added;
    units += added;
    last.bytes.put(part);
  }

  private static long newlines(ByteBuffer bytes) {
    long found = 0;
    while (bytes.hasRemaining()) {
      if (bytes.get() == '\n') {
        found++;
      }
    }
    return found;
  }

  @Override
  public List<ByteBuffer> rest() {
    Deque<ByteBuffer> kept = new ArrayDeque<>();
    BackwardSearch search = new BackwardSearch(lines, count);
    while (!chunks.isEmpty() && !search.isFound()) {
      ByteBuffer bytes = chunks.removeLast().bytes.flip();
      bytes.position(search.back(bytes));
      kept.addFirst(bytes);
    }
    return List.copyOf(kept);
  }
}
