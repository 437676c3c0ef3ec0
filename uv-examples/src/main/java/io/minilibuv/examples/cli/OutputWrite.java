// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes all of something to standard output by requests, one after the other. */
public final class OutputWrite {
  private final Loop loop;
  private final ByteBuffer[] buffers;
  private final Consumer<@Nullable UvException> done;

  private OutputWrite(Loop loop, ByteBuffer[] buffers, Consumer<@Nullable UvException> done) {
    this.loop = loop;
    this.buffers = buffers;
    this.done = done;
  }

  /**
   * Begins.
   *
   * @param buffers nobody's to touch until the end
   * @param done called at the end, with what went wrong if anything did
   */
  public static void start(Loop loop, ByteBuffer[] buffers, Consumer<@Nullable UvException> done) {
    new OutputWrite(loop, buffers, done).write();
  }

  private void write() {
    Fs.write(loop, Stdio.STDOUT, buffers, Stdio.AT_POSITION, this::onWritten);
  }

  private void onWritten(FsRequest request) {
    if (request.result() < 0) {
      done.accept(new UvException((int) request.result(), "write", "standard output"));
    } else if (Arrays.stream(buffers).anyMatch(ByteBuffer::hasRemaining)) {
      // There was an error after what was written: to go on meets it again.
      write();
    } else {
      done.accept(null);
    }
  }
}
