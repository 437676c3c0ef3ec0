// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsCallback;
import io.minilibuv.fs.FsRequest;

/** The stat of a file on the pool, so many at once; what comes back asks for the next. */
final class UvStatAsync implements Workload {
  private final int n;
  private final int flight;
  private final String path;
  private final Loop loop = Loop.open();
  private final FsCallback onStat = this::onStat;
  private int asked;
  private int done;

  UvStatAsync(int n, int flight, String path) {
    this.n = n;
    this.flight = flight;
    this.path = path;
  }

  private void ask() {
    asked++;
    Fs.stat(loop, path, onStat);
  }

  private void onStat(FsRequest request) {
    if (request.result() < 0) {
      throw new UvException((int) request.result(), "stat", path);
    }
    done++;
    if (asked < n) {
      ask();
    }
  }

  @Override
  public void prepare() {
    asked = 0;
    done = 0;
  }

  @Override
  public long round() {
    while (asked < Math.min(flight, n)) {
      ask();
    }
    loop.run();
    Workload.exactly(n, asked);
    return Workload.exactly(n, done);
  }

  @Override
  public void close() {
    loop.close();
  }
}
