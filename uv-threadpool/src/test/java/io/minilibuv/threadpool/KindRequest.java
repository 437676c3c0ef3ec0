// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RequestType;
import java.util.function.IntConsumer;

/** A request type of the tests' own, for work of every kind. */
final class KindRequest extends PoolRequest {

  /** What it does. */
  @FunctionalInterface
  interface Task {
    void run() throws Exception;
  }

  private final Task task;
  private final IntConsumer whenDone;

  KindRequest(Loop loop, Task task, IntConsumer whenDone) {
    super(loop, RequestType.REQ);
    this.task = task;
    this.whenDone = whenDone;
  }

  static KindRequest submit(Loop loop, WorkKind kind, Task task, IntConsumer whenDone) {
    KindRequest request = new KindRequest(loop, task, whenDone);
    request.submitAs(kind);
    return request;
  }

  void submitAs(WorkKind kind) {
    submit(kind);
  }

  /** Whether it came in time. */
  boolean tryCancelIt() {
    return tryCancel() == 0;
  }

  Throwable thrown() {
    return failure();
  }

  @Override
  protected void work() throws Exception {
    task.run();
  }

  @Override
  protected void done(int status) {
    whenDone.accept(status);
  }
}
