// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.Loop;
import io.minilibuv.threadpool.WorkRequest;

/** Empty work on the pool, so many items at once; what comes back submits the next. */
final class UvWorkQueue implements Workload {
  private final int n;
  private final int flight;
  private final Loop loop = Loop.open();
  private int submitted;
  private int done;

  UvWorkQueue(int n, int flight) {
    this.n = n;
    this.flight = flight;
  }

  private void submit() {
    submitted++;
    WorkRequest.queue(loop, request -> {}, (request, status) -> onDone());
  }

  private void onDone() {
    done++;
    if (submitted < n) {
      submit();
    }
  }

  @Override
  public void prepare() {
    submitted = 0;
    done = 0;
  }

  @Override
  public long round() {
    while (submitted < Math.min(flight, n)) {
      submit();
    }
    loop.run();
    return done;
  }

  @Override
  public void close() {
    loop.close();
  }
}
