// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.UvError;
import io.minilibuv.stress.MemoryBackend;
import java.util.concurrent.Semaphore;

/**
 * What a race does to a pool without threads and one request in it: the real one, or a copy with a
 * flaw. It remembers what became of the request.
 */
abstract class PoolUnderTest {

  /** Makes what is raced against. */
  @FunctionalInterface
  interface Maker {
    PoolUnderTest make(MemoryBackend backend);
  }

  private int product;
  private int works;
  private int seen;
  private int calls;
  private int status;

  abstract Loop loop();

  /** Queues the request. On the loop's thread. */
  abstract void submit();

  /** Does what a worker does that comes once. */
  abstract void work();

  /** Cancels the request: 0 or EBUSY. */
  abstract int cancel();

  /** The request's work. */
  final void produce() {
    product = 42;
    works++;
  }

  /** The request's callback. */
  final void consume(int status) {
    seen = product;
    this.status = status;
    calls++;
  }

  /** Whether the request has called back. On the loop's thread. */
  final boolean wasCalled() {
    return calls > 0;
  }

  /** What became of the request, if cancel gave that answer. When all is over. */
  final String outcome(int answer) {
    if (calls == 1 && status == 0 && works == 1 && seen == 42 && answer == UvError.EBUSY.code()) {
      return "done";
    }
    if (calls == 1 && status == UvError.ECANCELED.code() && works == 0 && answer == 0) {
      return "cancelled";
    }
    return "worked on " + works + ", called " + calls + ", status " + status + " answer " + answer;
  }

  /** The real thing. */
  static PoolUnderTest real(MemoryBackend backend) {
    return new Real(backend);
  }

  /** The lanes of a pool whose threads are never started, and an actor in their place. */
  private static final class Real extends PoolUnderTest {
    private final Loop loop;
    private final WorkQueue queue;
    private final Lanes lanes;
    private final Request request;

    Real(MemoryBackend backend) {
      ThreadPool pool =
          new ThreadPool(
              1,
              task -> {
                throw new AssertionError("no thread is needed");
              });
      loop = Loop.open(new LoopOptions().pollBackend(backend).with(ThreadPool.OF_LOOP, pool));
      lanes = pool.lanes();
      queue = WorkQueue.of(loop);
      request = new Request(this);
    }

    @Override
    Loop loop() {
      return loop;
    }

    @Override
    void submit() {
      request.begin();
      // So that a worker who finds nothing is told to end, and does not wait.
      lanes.close();
    }

    @Override
    void work() {
      Worker worker = new Worker(lanes, new Semaphore(0), System::nanoTime);
      PoolRequest next = lanes.fetch(worker);
      if (next != null) {
        queue.execute(next);
        queue.handOver(next, worker);
      }
    }

    @Override
    int cancel() {
      return queue.cancel(request);
    }
  }

  private static final class Request extends PoolRequest {
    private final Real owner;

    Request(Real owner) {
      super(owner.loop, RequestType.WORK);
      this.owner = owner;
    }

    /** As submit does, but for starting the threads. */
    void begin() {
      register();
      owner.queue.submit(this);
    }

    @Override
    protected void work() {
      owner.produce();
    }

    @Override
    protected void done(int status) {
      owner.consume(status);
    }
  }
}
