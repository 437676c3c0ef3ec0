// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** One file copied by one request. */
final class UvCopyFile implements Workload {
  private final String from;
  private final String to;
  private final Census expected;
  private final Loop loop = Loop.open();
  private long done;

  UvCopyFile(String from, String to) throws IOException {
    this.from = from;
    this.to = to;
    expected = Census.of(Path.of(from));
  }

  private void onCopied(FsRequest request) {
    if (request.result() < 0) {
      throw new UvException((int) request.result(), "copyfile", from);
    }
    done++;
  }

  @Override
  public void prepare() throws IOException {
    Files.deleteIfExists(Path.of(to));
    done = 0;
  }

  @Override
  public long round() {
    Fs.copyfile(loop, from, to, 0, this::onCopied);
    loop.run();
    return done;
  }

  @Override
  public void check(long work) throws IOException {
    expected.check(Path.of(to), work);
  }

  @Override
  public void close() throws IOException {
    loop.close();
    Files.deleteIfExists(Path.of(to));
  }
}
