// SPDX-License-Identifier: MIT
package io.minilibuv.examples.tail;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Names;
import io.minilibuv.examples.cli.OutputWrite;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, written to by requests, one at a time. When the bytes of another file come than
 * before, a line says whose they are.
 */
final class TailOutput {
  private final Loop loop;
  private final boolean headers;
  private final Consumer<UvException> failed;
  private String last = "";
  private long bytes;
  private boolean writing;
  private boolean ended;

  /**
   * Nothing is written yet.
   *
   * @param headers whether there is more than one file
   * @param failed told once what went wrong; nothing is called back after that
   */
  TailOutput(Loop loop, boolean headers, Consumer<UvException> failed) {
    this.loop = loop;
    this.headers = headers;
    this.failed = failed;
  }

  /** Says that the file of that title is next, whether or not there is anything in it. */
  void begin(String title, Runnable done) {
    if (headers) {
      String empty = last.isEmpty() ? "" : "\n";
      last = title;
      String header = empty + "==> " + Names.inLine(title) + " <==\n";
      write(new ByteBuffer[] {ByteBuffer.wrap(Names.bytes(header))}, done);
    } else {
      done.run();
    }
  }

  /** Writes bytes of that file, which nobody may touch until {@code done} is called. */
  void write(String title, List<ByteBuffer> pieces, Runnable done) {
    long size = pieces.stream().mapToLong(ByteBuffer::remaining).sum();
    if (size == 0) {
      if (!ended) {
        done.run();
      }
    } else if (last.equals(title) || !headers) {
      bytes += size;
      write(pieces.toArray(ByteBuffer[]::new), done);
    } else {
      begin(title, () -> write(title, new ArrayList<>(pieces), done));
    }
  }

  private void write(ByteBuffer[] buffers, Runnable done) {
    writing = true;
    OutputWrite.start(loop, buffers, failure -> onWritten(failure, done));
  }

  private void onWritten(@Nullable UvException failure, Runnable done) {
    writing = false;
    if (failure != null) {
      end();
      failed.accept(failure);
    } else if (!ended) {
      done.run();
    }
  }

  /** What is given to it is still written; but nobody is called back, and so asked for more. */
  void end() {
    ended = true;
  }

  /** Whether a write is under way, which takes as long as the reader of a full pipe likes. */
  boolean isWriting() {
    return writing;
  }

  /** How many bytes of files were given to it. */
  long bytes() {
    return bytes;
  }
}
