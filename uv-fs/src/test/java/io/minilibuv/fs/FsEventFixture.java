// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.RunMode;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.testing.TimeLimit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.WatchKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** A loop whose watch service can be looked at, a directory, and what tests do with them. */
@ExtendWith(LeakCheck.class)
abstract class FsEventFixture {
  @TempDir Path dir;

  final Loop loop = TimeLimit.on(Loop.open(options()));

  /** How a loop is to be opened, so that it has the backend that is tested. */
  LoopOptions options() {
    return new LoopOptions()
        .with(FsEventBackendProvider.OF_LOOP, FsEventBackendProvider.nio())
        .with(NioFsEvents.PORT, this::port);
  }

  /** All that {@link #note} was told, such as {@code RENAME file}. */
  final List<String> told = new ArrayList<>();

  /** What the loop registered. */
  final List<WatchKey> registered = new ArrayList<>();

  /** How many keys the watching thread has taken, and how many it is done with. */
  private final AtomicInteger taken = new AtomicInteger();

  private final AtomicInteger served = new AtomicInteger();

  @AfterEach
  final void shutDown() {
    loop.shutdown();
  }

  /** While this is not 0, the watching thread takes no keys. */
  private volatile CountDownLatch gate = new CountDownLatch(0);

  /** Opens what the loop is to use. */
  WatchPort port() throws IOException {
    return new Spy(NioWatchPort.open());
  }

  private volatile boolean atGate;

  /** Has the watching thread take no keys. One that waits for a key already is led out by one. */
  final void shutGate(Change change) throws IOException {
    gate = new CountDownLatch(1);
    change.make();
    await().until(() -> atGate);
  }

  final void openGate() {
    gate.countDown();
  }

  /** Tells the test what the watching thread does. */
  final class Spy implements WatchPort {
    private final WatchPort port;
    private boolean serving;

    Spy(WatchPort port) {
      this.port = port;
    }

    @Override
    public WatchKey register(Path directory) throws IOException {
      WatchKey key = port.register(directory);
      registered.add(key);
      return key;
    }

    @Override
    public WatchKey take() throws InterruptedException {
      if (serving) {
        serving = false;
        served.incrementAndGet();
      }
      CountDownLatch closed = gate;
      atGate = closed.getCount() > 0;
      closed.await();
      WatchKey key = port.take();
      serving = true;
      taken.incrementAndGet();
      return key;
    }

    @Override
    public void close() throws IOException {
      port.close();
    }
  }

  final void note(FsEventHandle handle, String filename, int events, int status) {
    assertThat(status).isZero();
    assertThat(handle.isActive()).isTrue();
    told.add(nameOf(events) + " " + filename);
  }

  static String nameOf(int events) {
    return switch (events) {
      case FsEventHandle.RENAME -> "RENAME";
      case FsEventHandle.CHANGE -> "CHANGE";
      default -> "events " + events;
    };
  }

  static void fail(FsEventHandle handle, String filename, int events, int status) {
    throw new AssertionError("called: " + filename + ", " + events + ", " + status);
  }

  final FsEventHandle watch(String path, FsEventCallback callback) {
    FsEventHandle handle = FsEventHandle.init(loop);
    handle.start(path, callback);
    return handle;
  }

  /** Runs the loop for as long as it takes. */
  final void runUntil(BooleanSupplier done) {
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              loop.run(RunMode.NOWAIT);
              return done.getAsBoolean();
            });
  }

  final void runUntilTold(String... expected) {
    runUntil(() -> told.size() >= expected.length);
    assertThat(told).containsExactly(expected);
    told.clear();
  }

  /**
   * Waits until the news of one more change are posted. The loop is not run. What changed before
   * must have been told or posted.
   */
  void awaitPosted(Change change) throws IOException {
    int before = taken.get();
    change.make();
    await().until(() -> served.get() > before);
  }

  /** A change of the file system. */
  @FunctionalInterface
  interface Change {
    void make() throws IOException;
  }

  final String at(String name) {
    return dir + "/" + name;
  }

  final void create(String name) throws IOException {
    Files.createFile(dir.resolve(name));
  }

  final void mkdir(String name) throws IOException {
    Files.createDirectory(dir.resolve(name));
  }

  final void delete(String name) throws IOException {
    Files.delete(dir.resolve(name));
  }

  /** Writes to a file that is there. */
  final void touch(String name) throws IOException {
    Files.write(dir.resolve(name), new byte[] {'f', 'o', 'o'}, StandardOpenOption.WRITE);
  }
}
