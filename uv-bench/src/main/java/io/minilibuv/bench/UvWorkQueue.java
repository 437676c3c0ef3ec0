// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.Loop;
import io.minilibuv.threadpool.WorkRequest;

/** Empty work on the pool, so many items at once; what comes back submits the next. */
final class UvWorkQueue implements Workload {
  private final int n;
  private final int flight;
  private final Loop loop = Loop.open();
  private final WorkRequest.Work work = request -> {};
  private final WorkRequest.AfterWork after = (request, status) -> onDone(status);
  private int submitted;
  private int done;

  UvWorkQueue(int n, int flight) {
    this.n = n;
    this.flight = flight;
  }

  private void submit() {
    submitted++;
    WorkRequest.queue(loop, work, after);
  }

  private void onDone(int status) {
    Workload.exactly(0, status);
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
    Workload.exactly(n, submitted);
    return Workload.exactly(n, done);
  }

  @Override
  public void close() {
    loop.close();
  }
}
