// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@code uv_library_shutdown}: it can be had once a process, so these are processes. */
class LibraryShutdownTest {

  private static void print(Object what) {
    System.out.println(what);
  }

  private static long workers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("libuv-worker-"))
        .count();
  }

  private static void tryToQueue(Loop loop) {
    try {
      WorkRequest.queue(loop, request -> {}, null);
      print("queued");
    } catch (IllegalStateException e) {
      print(e.getMessage());
    }
  }

  /** Shuts down with work in flight, then goes on with the loop. */
  static final class WithWork {
    public static void main(String[] args) {
      AtomicInteger worked = new AtomicInteger();
      int[] delivered = new int[1];
      try (Loop loop = Loop.open()) {
        for (int i = 0; i < 100; i++) {
          WorkRequest.queue(
              loop, request -> worked.incrementAndGet(), (request, status) -> delivered[0]++);
        }
        ThreadPool.libraryShutdown();
        print("worked " + worked + ", workers " + workers());
        ThreadPool.libraryShutdown();
        tryToQueue(loop);
        print("alive " + loop.run() + ", delivered " + delivered[0]);
      }
    }
  }

  /** Shuts down what was never started. */
  static final class Unused {
    public static void main(String[] args) {
      ThreadPool.libraryShutdown();
      try (Loop loop = Loop.open()) {
        tryToQueue(loop);
      }
      print("workers " + workers());
    }
  }

  /** A worker tries, which is refused and does not count as the one time. */
  static final class ByAWorker {
    public static void main(String[] args) {
      try (Loop loop = Loop.open()) {
        WorkRequest request = WorkRequest.queue(loop, work -> ThreadPool.libraryShutdown(), null);
        WorkRequest.queue(loop, work -> {}, (work, status) -> print("after it " + status));
        loop.run();
        print(request.failure() instanceof IllegalStateException);
      }
      ThreadPool.libraryShutdown();
      print("workers " + workers());
    }
  }

  private static List<String> linesOf(Class<?> main) throws IOException, InterruptedException {
    ChildJvm.Outcome outcome = ChildJvm.run(main, List.of(), Map.of());
    assertThat(outcome.exitCode()).as(outcome.output()).isZero();
    return outcome.output().lines().toList();
  }

  @Test
  void doesWhatIsQueuedJoinsTheWorkersAndLeavesTheRestToTheLoop()
      throws IOException, InterruptedException {
    assertThat(linesOf(WithWork.class))
        .containsExactly(
            "worked 100, workers 0", "the thread pool is closed", "alive false, delivered 100");
  }

  @Test
  void worksWithoutWorkersToo() throws IOException, InterruptedException {
    assertThat(linesOf(Unused.class)).containsExactly("the thread pool is closed", "workers 0");
  }

  @Test
  void isNotForWorkers() throws IOException, InterruptedException {
    List<String> lines = linesOf(ByAWorker.class);
    assertThat(lines).contains("after it 0", "true").endsWith("workers 0");
  }
}
