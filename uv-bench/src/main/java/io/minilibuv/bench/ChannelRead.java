// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads of {@link AsynchronousFileChannel}, each waited for, since the row is of reads that come
 * one after another and block.
 */
final class ChannelRead implements Workload {
  private final int n;
  private final AsynchronousFileChannel channel;
  private final ByteBuffer buffer;

  ChannelRead(Keys keys) throws Exception {
    n = keys.number("n");
    channel = AsynchronousFileChannel.open(Path.of(keys.text("path")), StandardOpenOption.READ);
    buffer = ByteBuffer.allocateDirect(keys.number("size"));
  }

  @Override
  public long round() throws Exception {
    long done = 0;
    for (; done < n; done++) {
      buffer.clear();
      Workload.exactly(buffer.capacity(), channel.read(buffer, 0).get());
    }
    return done;
  }

  @Override
  public void close() throws Exception {
    channel.close();
  }
}
