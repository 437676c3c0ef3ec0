// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tee;

import io.minilibuv.core.Uv;
import io.minilibuv.examples.cli.Amounts;
import java.util.Locale;

/** What a {@link TeeSink} has taken, and how long the others have waited for it. */
final class TeeTally {
  private long bytes;
  private long chunks;
  private long chunksAsLast;
  private long nanos;
  private long began;

  /** A chunk is given to it. */
  void begin() {
    began = Uv.hrtime();
  }

  /** It has taken so much of it. */
  void add(long more) {
    bytes += more;
  }

  /** It has taken all of it, or has failed. */
  void end() {
    nanos += Uv.hrtime() - began;
    chunks++;
  }

  /** It was the last to take the chunk: all others have waited for it. */
  void wasLast() {
    chunksAsLast++;
  }

  /** How many bytes it has taken. */
  long bytes() {
    return bytes;
  }

  /** For {@code --stats}: {@code 10.0 MiB in 12.30 ms, last with 3 of 160 chunks}. */
  @Override
  public String toString() {
    return Amounts.bytes(bytes)
        + " in "
        + Amounts.shortTime(nanos)
        + ", last with "
        + String.format(Locale.ROOT, "%,d", chunksAsLast)
        + " of "
        + Amounts.count(chunks, "chunk", "chunks");
  }
}
