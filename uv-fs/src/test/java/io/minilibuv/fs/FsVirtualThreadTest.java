// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.minilibuv.core.UvError;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/**
 * The blocking form on virtual threads, as many as there are files; on a JVM without them, on as
 * many ordinary ones.
 */
class FsVirtualThreadTest extends FsFixture {
  private static final int THREADS = 500;

  private final Queue<Throwable> thrown = new ConcurrentLinkedQueue<>();

  /** Starts {@code task} on a virtual thread, if there are any. */
  private Thread start(Runnable task) throws ReflectiveOperationException {
    Runnable kept =
        () -> {
          try {
            task.run();
          } catch (Throwable e) {
            thrown.add(e);
          }
        };
    if (Runtime.version().feature() < 21) {
      Thread thread = new Thread(kept);
      thread.start();
      return thread;
    }
    Method startVirtualThread = Thread.class.getMethod("startVirtualThread", Runnable.class);
    return (Thread) startVirtualThread.invoke(null, kept);
  }

  private void inAll(IntConsumer task) throws Exception {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int number = i;
      threads.add(start(() -> task.accept(number)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(thrown).isEmpty();
  }

  @Test
  void eachWritesAndReadsAFileOfItsOwn() throws Exception {
    inAll(
        i -> {
          String path = at("file" + i);
          ByteBuffer buffer = ByteBuffer.allocate(100);
          try (FsFile file = FsFile.open(path, O_CREAT | O_RDWR, 0600)) {
            file.write(bytes("text of " + i));
            file.read(buffer, 0);
          }
          assertEquals("text of " + i, text(buffer));
          Fs.unlink(path);
        });
    assertThat(Fs.scandir(at(""))).isEmpty();
  }

  /** The file position is one for all: every line comes whole, and once. */
  @Test
  void allWriteToOneFile() throws Exception {
    int fd = Fs.open(at("a"), O_CREAT | O_RDWR, 0600);
    inAll(i -> write(fd, String.valueOf(1_000 + i) + '\n'));
    Fs.close(fd);
    assertThat(content(at("a")).lines().mapToInt(Integer::parseInt).sorted().toArray())
        .hasSize(THREADS)
        .startsWith(1_000)
        .endsWith(999 + THREADS)
        .doesNotHaveDuplicates();
  }

  @Test
  void errorsAreThrownThere() throws Exception {
    inAll(i -> assertFails(UvError.ENOENT, () -> Fs.stat(at("none" + i))));
  }
}
