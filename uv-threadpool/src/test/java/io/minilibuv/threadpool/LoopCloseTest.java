// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The thread pool's part of {@code test/test-loop-close.c}. */
class LoopCloseTest {

  /** Queues work, and ends without ever running its loop. */
  static final class Drop {
    public static void main(String[] args) {
      WorkRequest.queue(Loop.open(), request -> {}, null);
      System.out.print("dropped");
    }
  }

  /** Ends while all workers are busy for ever. */
  static final class DropBusy {
    public static void main(String[] args) throws InterruptedException {
      int workers = ThreadPool.shared().size();
      CountDownLatch running = new CountDownLatch(workers);
      CountDownLatch never = new CountDownLatch(1);
      Loop loop = Loop.open();
      for (int i = 0; i < 2 * workers; i++) {
        WorkRequest.queue(
            loop,
            request -> {
              running.countDown();
              never.await();
            },
            null);
      }
      running.await();
      System.out.print("dropped");
    }
  }

  @Test
  void loopInstantClose() throws IOException, InterruptedException {
    assertThat(ChildJvm.run(Drop.class, List.of(), Map.of()))
        .isEqualTo(new ChildJvm.Outcome(0, "dropped"));
  }

  @Test
  void aProcessEndsAlthoughWorkersAreBusy() throws IOException, InterruptedException {
    assertThat(ChildJvm.run(DropBusy.class, List.of(), Map.of()))
        .isEqualTo(new ChildJvm.Outcome(0, "dropped"));
  }
}
