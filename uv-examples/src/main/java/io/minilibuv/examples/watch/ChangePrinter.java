// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.examples.cli.Names;
import io.minilibuv.examples.cli.OutputWrite;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes to standard output, a line each, by requests. What comes while one is under way
 * goes with the next; of more than a reader takes, it is only told that there was more.
 */
final class ChangePrinter {
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
    waiting.writeBytes(Names.bytes(line + '\n'));
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
    OutputWrite.start(loop, new ByteBuffer[] {lines}, this::onWritten);
  }

  private void onWritten(@Nullable UvException failure) {
    writing = false;
    if (failure != null) {
      ended = true;
      failed.accept(failure);
    } else if (waiting.size() > 0) {
      write(ByteBuffer.wrap(takeWaiting()));
    }
  }
}
