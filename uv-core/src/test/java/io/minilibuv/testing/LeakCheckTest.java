// SPDX-License-Identifier: MIT
package io.minilibuv.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.Pipe;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * Runs tests that leak, and tests that do not. Those are nested classes, which no build runs by
 * itself.
 */
class LeakCheckTest {
  private static Selector selector;
  private static Pipe pipe;
  private static SocketChannel socket;
  private static FileChannel file;
  private static Loop loop;
  private static CountDownLatch running;
  private static CountDownLatch release;
  private static Thread thread;

  @TempDir private static Path directory;

  @AfterEach
  void cleanUp() throws Exception {
    if (selector != null) {
      selector.close();
    }
    if (pipe != null) {
      pipe.source().close();
      pipe.sink().close();
    }
    if (socket != null) {
      socket.close();
    }
    if (file != null) {
      file.close();
    }
    if (loop != null) {
      loop.shutdown();
    }
    if (thread != null) {
      release.countDown();
      thread.join();
    }
  }

  private static Map<String, String> run(Class<?> tests) {
    LauncherDiscoveryRequest request =
        LauncherDiscoveryRequestBuilder.request()
            .selectors(selectClass(tests))
            .configurationParameter(LeakCheck.GRACE_MILLIS, "50")
            .build();
    Outcomes outcomes = new Outcomes();
    LauncherFactory.create().execute(request, outcomes);
    return outcomes.byTest;
  }

  /** What became of each test: its failure, or nothing. */
  private static final class Outcomes implements TestExecutionListener {
    private final Map<String, String> byTest = new LinkedHashMap<>();

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
      String failure = result.getThrowable().map(Throwable::getMessage).orElse("");
      if (test.isTest()) {
        byTest.put(test.getDisplayName(), failure);
      } else if (!failure.isEmpty()) {
        byTest.put(test.getDisplayName() + " as a whole", failure);
      }
    }
  }

  @Test
  void aTestThatLeavesNothingPasses() {
    assertThat(run(Tidy.class))
        .containsOnlyKeys(
            "closesWhatItOpened()",
            "joinsItsThread()",
            "leavesAThreadThatIsEnding()",
            "usesTheCommonPool()")
        .allSatisfy((test, failure) -> assertThat(failure).isEmpty());
  }

  @Test
  void everyLeftoverIsNamed() {
    Map<String, String> outcomes = run(Leaking.class);
    assertThat(outcomes).hasSize(7);
    assertThat(outcomes.get("selector()")).startsWith("selector() left behind: ");
    assertThat(outcomes.get("pipe()")).startsWith("pipe() left behind: ");
    assertThat(outcomes.get("socket()")).startsWith("socket() left behind: ");
    assertThat(outcomes.get("file()")).startsWith("file() left behind: ");
    assertThat(outcomes.get("loop()")).startsWith("loop() left behind: ");
    assertThat(outcomes.get("thread()"))
        .startsWith("thread() left behind: ")
        .contains("thread \"forgotten\" (daemon)")
        .contains(LeakCheckTest.class.getName() + ".awaitRelease");
    assertThat(outcomes.get("interrupt()"))
        .isEqualTo("interrupt() left behind: the interrupt status of the test's thread");
    if (Files.isDirectory(Path.of("/proc/self/fd"))) {
      assertThat(outcomes.get("selector()")).contains("anon_inode:[eventpoll]");
      assertThat(outcomes.get("pipe()")).containsPattern("pipe:\\[.*pipe:\\[");
      assertThat(outcomes.get("socket()")).contains("socket:[");
      assertThat(outcomes.get("file()")).contains("forgotten.txt");
      assertThat(outcomes.get("loop()")).contains("anon_inode:[eventpoll]");
    }
  }

  @Test
  void onlyTheTestThatLeakedFails() {
    Map<String, String> outcomes = run(OneOfTwoLeaks.class);
    assertThat(outcomes).hasSize(2);
    assertThat(outcomes.values()).filteredOn(String::isEmpty).hasSize(1);
  }

  @Test
  void whatFieldsOpenBelongsToTheTest() {
    assertThat(run(LeakingInAField.class).get("doesNothing()"))
        .startsWith("doesNothing() left behind: ");
    assertThat(run(LeakingOutside.class).get("doesNothing()"))
        .startsWith("doesNothing() left behind: ");
  }

  @Test
  void anInstanceForSeveralTestsMayKeepWhatItHas() {
    assertThat(run(OneInstance.class))
        .containsOnlyKeys("first()", "second()")
        .allSatisfy((test, failure) -> assertThat(failure).isEmpty());
  }

  @ExtendWith(LeakCheck.class)
  static class Tidy {
    @Test
    void closesWhatItOpened() throws IOException {
      try (Selector open = Selector.open();
          SocketChannel channel = SocketChannel.open();
          FileChannel log = FileChannel.open(newFile("tidy.txt"))) {
        assertThat(open.isOpen() && channel.isOpen() && log.isOpen()).isTrue();
      }
      try (Loop closed = Loop.open()) {
        assertThat(closed.isAlive()).isFalse();
      }
    }

    @Test
    void joinsItsThread() throws InterruptedException {
      Thread joined = new Thread(() -> {});
      joined.start();
      joined.join();
    }

    @Test
    void leavesAThreadThatIsEnding() {
      new Thread(() -> {}).start();
    }

    @Test
    void usesTheCommonPool() {
      assertThat(CompletableFuture.supplyAsync(() -> 1).join()).isEqualTo(1);
    }
  }

  @ExtendWith(LeakCheck.class)
  static class Leaking {
    @Test
    void selector() throws IOException {
      selector = Selector.open();
    }

    @Test
    void pipe() throws IOException {
      pipe = Pipe.open();
    }

    @Test
    void socket() throws IOException {
      socket = SocketChannel.open();
    }

    @Test
    void file() throws IOException {
      file = FileChannel.open(newFile("forgotten.txt"));
    }

    @Test
    void loop() {
      loop = Loop.open();
      TimerHandle.init(loop);
    }

    @Test
    void thread() throws InterruptedException {
      release = new CountDownLatch(1);
      running = new CountDownLatch(1);
      thread = new Thread(() -> awaitRelease(), "forgotten");
      thread.setDaemon(true);
      thread.start();
      running.await();
    }

    @Test
    void interrupt() {
      Thread.currentThread().interrupt();
    }
  }

  @ExtendWith(LeakCheck.class)
  static class OneOfTwoLeaks {
    @Test
    void first() throws IOException {
      leakOnce();
    }

    @Test
    void second() throws IOException {
      leakOnce();
    }

    private static void leakOnce() throws IOException {
      if (selector == null || !selector.isOpen()) {
        selector = Selector.open();
      }
    }
  }

  @ExtendWith(LeakCheck.class)
  static class LeakingInAField {
    private final Selector field = leakedSelector();

    @Test
    void doesNothing() {
      assertThat(field.isOpen()).isTrue();
    }
  }

  @ExtendWith(LeakCheck.class)
  static class LeakingOutside {
    private final Selector field = leakedSelector();

    @Nested
    class Inside {
      @Test
      void doesNothing() {
        assertThat(field.isOpen()).isTrue();
      }
    }
  }

  @ExtendWith(LeakCheck.class)
  @TestInstance(TestInstance.Lifecycle.PER_CLASS)
  static class OneInstance {
    private final Selector field = openSelector();

    @Test
    void first() {
      assertThat(field.isOpen()).isTrue();
    }

    @Test
    void second() {
      assertThat(field.isOpen()).isTrue();
    }

    @AfterAll
    void close() throws IOException {
      field.close();
    }
  }

  private static Path newFile(String name) throws IOException {
    return Files.createFile(directory.resolve(name));
  }

  private static Selector openSelector() {
    try {
      return Selector.open();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Selector leakedSelector() {
    selector = openSelector();
    return selector;
  }

  private static void awaitRelease() {
    running.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
