// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Writes changes to standard output, a line each, by requests. What comes while one is under way
 * goes with the next; of more than a reader takes, it is only told that there was more.
 */
final class ChangePrinter {
  private static final int STDOUT = 1;
  private static final int MOST = 1 << 20;

  private final Loop loop;
  private final Consumer<UvException> failed;
  private ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private boolean writing;
  private boolean dropping;
  private boolean ended;

  ChangePrinter(Loop loop, Consumer<UvException> failed) {
    this.loop = loop;
    this.failed = failed;
  }

  /** Writes the change's line, now or when those before it are written. */
  void print(Change change) {
    if (ended || dropping) {
      return;
    }
    dropping = waiting.size() > MOST;
    String line = dropping ? "overflow" : change.line();
    waiting.writeBytes((line + '\n').getBytes(UTF_8));
    if (!writing) {
      write(ByteBuffer.wrap(takeWaiting()));
    }
  }

  private byte[] takeWaiting() {
    byte[] lines = waiting.toByteArray();
    waiting = new ByteArrayOutputStream();
    dropping = false;
    return lines;
  }

  private void write(ByteBuffer lines) {
    writing = true;
    Fs.write(loop, STDOUT, lines, -1, request -> onWritten(request, lines));
  }

  private void onWritten(FsRequest request, ByteBuffer lines) {
    writing = false;
    if (request.result() < 0) {
      ended = true;
      failed.accept(new UvException((int) request.result(), "write", "standard output"));
    } else if (lines.hasRemaining()) {
      // There was an error after what was written: to go on meets it again.
      write(lines);
    } else if (waiting.size() > 0) {
      write(ByteBuffer.wrap(takeWaiting()));
    }
  }

  /** Whether a write is under way, which takes as long as the reader of a full pipe likes. */
  boolean isWriting() {
    return writing;
  }
}
