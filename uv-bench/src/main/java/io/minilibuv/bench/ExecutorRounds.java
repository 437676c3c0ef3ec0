// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.concurrent.ExecutorService;

/**
 * What blocks, done by a thread of an executor: a whole round is one task, since it is one
 * operation after another, as in the other contenders.
 */
final class ExecutorRounds implements Workload {
  private final ExecutorService executor;
  private final Workload work;

  /** Makes it; both are closed at the end. */
  ExecutorRounds(ExecutorService executor, Workload work) {
    this.executor = executor;
    this.work = work;
  }

  @Override
  public void prepare() throws Exception {
    work.prepare();
  }

  @Override
  public long round() throws Exception {
    return executor.submit(work::round).get();
  }

  @Override
  public void check(long counted) throws Exception {
    work.check(counted);
  }

  @Override
  public void close() throws Exception {
    work.close();
    executor.shutdown();
  }
}
