// SPDX-License-Identifier: MIT
package io.minilibuv.linux;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.fs.FsBackend;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is done where users' buffers have taken all of the direct memory that there may be. */
class DirectMemoryTest {
  @TempDir Path folder;

  /** Has a thread that has made no call yet send to a loop, and look at a file. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
      List<ByteBuffer> taken = new ArrayList<>();
      try (Loop loop = Loop.open()) {
        AsyncHandle async =
            AsyncHandle.init(
                loop,
                handle -> {
                  System.out.println("called");
                  handle.close();
                });
        takeAll(taken);
        Thread sender =
            new Thread(
                () -> {
                  async.send();
                  System.out.println("stat " + FsBackend.system().access("/", 0));
                });
        sender.start();
        loop.run();
        sender.join();
      }
      System.out.println(taken.isEmpty() ? "nothing was taken" : "end");
    }

    /** Down to the last byte. */
    private static void takeAll(List<ByteBuffer> taken) {
      for (int size = 1 << 20; size > 0; size /= 2) {
        try {
          while (true) {
            taken.add(ByteBuffer.allocateDirect(size));
          }
        } catch (OutOfMemoryError e) {
          // Then something smaller.
        }
      }
    }
  }

  @Test
  void aSendIsCalledBackAndAFileIsLookedAt() throws Exception {
    List<String> lines =
        new Jvm(folder.resolve("output"))
            .with(List.of("-XX:MaxDirectMemorySize=4m"))
            .run(Main.class, Map.of());
    assertThat(lines).containsExactlyInAnyOrder("called", "stat 0", "end").endsWith("end");
  }
}
