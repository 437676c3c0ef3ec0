// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import io.minilibuv.core.Loop;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.testing.Crew;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * How long a callback and a worker may take, unless a program says it: in processes of their own,
 * since this build sets the properties for its tests.
 */
class BlockedSettingsTest {

  /** Prints the warnings, and says when there is one. */
  private static final class Printer extends AppenderBase<ILoggingEvent> {
    private final CountDownLatch told = new CountDownLatch(1);

    static Printer onTheLogger() {
      Printer printer = new Printer();
      printer.start();
      Logger logger = (Logger) LoggerFactory.getLogger("io.minilibuv.blocked");
      logger.setAdditive(false);
      logger.addAppender(printer);
      return printer;
    }

    @Override
    protected void append(ILoggingEvent event) {
      System.out.println(event.getFormattedMessage());
      told.countDown();
    }
  }

  /** Blocks a loop until it is told so. */
  static final class BlockedLoop {
    public static void main(String[] args) {
      Printer printer = Printer.onTheLogger();
      try (Loop loop = Loop.open()) {
        TimerHandle timer = TimerHandle.init(loop);
        timer.start(
            handle -> {
              Crew.awaitLatch(printer.told);
              handle.close();
            },
            0,
            0);
        loop.run();
      }
    }
  }

  /** Blocks a worker until it is told so, which holds up no loop. */
  static final class BlockedWorker {
    public static void main(String[] args) {
      Printer printer = Printer.onTheLogger();
      try (Loop loop = Loop.open()) {
        WorkRequest.queue(loop, request -> printer.told.await(), null);
        loop.run();
      }
    }
  }

  private static String told(Class<?> main, String... options)
      throws IOException, InterruptedException {
    return ChildJvm.run(main, List.of(options), Map.of()).output();
  }

  @Test
  void aCallbackMayTakeTwoSeconds() throws IOException, InterruptedException {
    assertThat(told(BlockedLoop.class)).containsOnlyOnce("the limit is 2000 ms");
  }

  @Test
  void propertiesSayOtherwise() throws IOException, InterruptedException {
    assertThat(told(BlockedLoop.class, "-Dminilibuv.blockedLoopMillis=7"))
        .containsOnlyOnce("the limit is 7 ms");
    assertThat(told(BlockedWorker.class, "-Dminilibuv.blockedWorkerMillis=9"))
        .containsOnlyOnce("the limit is 9 ms");
  }
}
