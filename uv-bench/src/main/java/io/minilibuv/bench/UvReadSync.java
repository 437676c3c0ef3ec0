// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsFlags;
import java.nio.ByteBuffer;

/** Reads that block, each of the beginning of a file that the system has in memory. */
final class UvReadSync implements Workload {
  private final int n;
  private final int fd;
  private final ByteBuffer buffer;

  UvReadSync(int n, int size, String path) {
    this.n = n;
    fd = Fs.open(path, FsFlags.O_RDONLY, 0);
    buffer = ByteBuffer.allocateDirect(size);
  }

  @Override
  public long round() {
    long done = 0;
    for (; done < n; done++) {
      buffer.clear();
      Workload.exactly(buffer.capacity(), Fs.read(fd, buffer, 0));
    }
    return done;
  }

  @Override
  public void close() {
    Fs.close(fd);
  }
}
