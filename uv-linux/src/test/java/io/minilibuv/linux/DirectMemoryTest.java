// SPDX-License-Identifier: MIT
package io.minilibuv.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.fs.FsBackend;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is done where users' buffers have taken all of the direct memory that there may be. */
class DirectMemoryTest {
  @TempDir Path folder;

  /** Has threads that have made no call yet send to a loop, and look at a file. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
      List<ByteBuffer> taken = new ArrayList<>();
      try (Loop loop = Loop.open()) {
        System.out.println(loop.backendName());
        AsyncHandle async = AsyncHandle.init(loop, handle -> System.out.println("called"));
        takeAll(taken);
        for (Thread.Builder kind : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
          sendFrom(kind, async);
          loop.run(RunMode.ONCE);
        }
        async.close();
        loop.run();
      }
      System.out.println(taken.isEmpty() ? "nothing was taken" : "end");
    }

    /**
     * Down to the last byte. In few steps, as the JDK tries for half a second before it gives up.
     */
    private static void takeAll(List<ByteBuffer> taken) {
      for (int size = 1 << 20; size > 0; size >>= 10) {
        try {
          while (true) {
            taken.add(ByteBuffer.allocateDirect(size));
          }
        } catch (OutOfMemoryError e) {
          // Then something smaller.
        }
      }
    }

    private static void sendFrom(Thread.Builder kind, AsyncHandle async)
        throws InterruptedException {
      Runnable body =
          () -> {
            async.send();
            System.out.println("stat " + FsBackend.system().access("/", 0));
          };
      kind.uncaughtExceptionHandler((thread, thrown) -> System.out.println(thrown))
          .start(body)
          .join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void aSendIsCalledBackAndAFileIsLookedAt(String backend) throws Exception {
    List<String> lines =
        new Jvm(folder.resolve("output"))
            .with(List.of("-XX:MaxDirectMemorySize=4m", "-Dminilibuv.backend=" + backend))
            .run(Main.class, Map.of());
    assertThat(lines).containsExactly(backend, "stat 0", "called", "stat 0", "called", "end");
  }
}
