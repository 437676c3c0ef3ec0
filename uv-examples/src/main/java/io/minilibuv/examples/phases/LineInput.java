// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Stdio;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lines of standard input, read on the pool. The loop goes on meanwhile, so that Ctrl-C is heard
 * while nobody answers.
 */
final class LineInput {
  private static final int CAPACITY = 4096;

  private final Loop loop;
  private final Consumer<UvException> failed;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CAPACITY).limit(0);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();

  /**
   * Reads nothing yet.
   *
   * @param failed told why it cannot be read; that is its end then
   */
  LineInput(Loop loop, Consumer<UvException> failed) {
    this.loop = loop;
    this.failed = failed;
  }

  /**
   * Gets the next line.
   *
   * @param got called once, perhaps before this returns, with the line or with null at the end
   */
  void next(Consumer<@Nullable String> got) {
    while (buffer.hasRemaining()) {
      byte next = buffer.get();
      if (next == '\n') {
        got.accept(take());
        return;
      }
      // Nobody's answer is that long: what is beyond is dropped, so that memory has a bound.
      if (line.size() < CAPACITY) {
        line.write(next);
      }
    }
    buffer.clear();
    Fs.read(loop, Stdio.STDIN, buffer, Stdio.AT_POSITION, read -> onRead(read, got));
  }

  private void onRead(FsRequest read, Consumer<@Nullable String> got) {
    buffer.flip();
    if (read.result() > 0) {
      next(got);
      return;
    }
    buffer.limit(0);
    if (read.result() < 0) {
      failed.accept(new UvException((int) read.result(), "read", "standard input"));
    }
    // A last line need not end.
    got.accept(line.size() > 0 ? take() : null);
  }

  private String take() {
    String taken = line.toString(UTF_8);
    line.reset();
    return taken;
  }
}
