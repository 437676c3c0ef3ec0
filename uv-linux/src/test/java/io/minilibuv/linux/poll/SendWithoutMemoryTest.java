// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.linux.Jvm;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A thread that sends for the first time needs no memory outside the heap: there is none left. */
class SendWithoutMemoryTest {
  @TempDir Path folder;

  /** Uses up what buffers may take, and has threads send that never did before. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws InterruptedException {
      try (Loop loop = Loop.open()) {
        System.out.println(loop.backendName());
        AsyncHandle handle = AsyncHandle.init(loop, h -> System.out.println("called back"));
        List<ByteBuffer> all = new ArrayList<>();
        for (int size = 1 << 20; size > 0; size >>= 10) {
          takeAll(size, all);
        }
        sendFrom(Thread.ofPlatform(), handle);
        loop.run(RunMode.NOWAIT);
        sendFrom(Thread.ofVirtual(), handle);
        loop.run(RunMode.NOWAIT);
        handle.close();
        loop.run();
        System.out.println(all.isEmpty());
      }
    }

    private static void takeAll(int size, List<ByteBuffer> all) {
      try {
        for (; ; ) {
          all.add(ByteBuffer.allocateDirect(size));
        }
      } catch (OutOfMemoryError e) {
        // That was the last one.
      }
    }

    private static void sendFrom(Thread.Builder kind, AsyncHandle handle)
        throws InterruptedException {
      kind.uncaughtExceptionHandler((thread, thrown) -> System.out.println(thrown))
          .start(handle::send)
          .join();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"epoll", "nio"})
  void theFirstSendOfAThreadIsCalledBack(String backend) throws Exception {
    List<String> printed =
        new Jvm(folder.resolve("output"))
            .with(List.of("-XX:MaxDirectMemorySize=8m", "-Dminilibuv.backend=" + backend))
            .run(Main.class, Map.of());
    assertThat(printed).containsExactly(backend, "called back", "called back", "false");
  }
}
