// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.minilibuv.core.internal.BlockedThreadChecker;
import java.time.Duration;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A loop whose callback takes too long is logged. This build sets no limit: each test does. */
class BlockedLoopTest extends LoopFixture {
  private static final Duration SHORT = Duration.ofMillis(5);

  private final Logger logger = (Logger) LoggerFactory.getLogger(BlockedThreadChecker.LOGGER_NAME);
  private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
  private final CurrentCallback current = new CurrentCallback(loop, new LoopThread());

  @BeforeEach
  void listen() {
    warnings.list = new CopyOnWriteArrayList<>();
    warnings.start();
    logger.setAdditive(false);
    logger.addAppender(warnings);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(warnings);
    logger.setAdditive(true);
  }

  private void stuckCallback() {
    await().until(() -> !warnings.list.isEmpty());
  }

  private static boolean isLookedAt() {
    return Thread.getAllStackTraces().keySet().stream()
        .anyMatch(thread -> thread.getName().equals(BlockedThreadChecker.THREAD_NAME));
  }

  @Test
  void aCallbackThatTakesTooLongIsLoggedWithItsStack() {
    TimerHandle timer = timer(10, this::stuckCallback);
    String handle = timer.toString().substring("[RA-]".length());
    loop.setBlockedLimit(SHORT);
    loop.run();
    assertThat(warnings.list)
        .singleElement()
        .satisfies(
            warning -> {
              assertThat(warning.getFormattedMessage())
                  .matches(
                      "loop @[0-9a-f]{8}, in a callback of .*, has been blocked for \\d+ ms, "
                          + "the limit is 5 ms")
                  .contains(handle);
              assertThat(warning.getThrowableProxy().getMessage())
                  .contains(Thread.currentThread().getName());
              assertThat(warning.getThrowableProxy().getStackTraceElementProxyArray())
                  .extracting(line -> line.getStackTraceElement().getMethodName())
                  .contains("stuckCallback");
            });
  }

  @Test
  void eachCallbackThatTakesTooLongIsLogged() {
    loop.setBlockedLimit(SHORT);
    timer(10, this::stuckCallback);
    loop.run();
    warnings.list.clear();
    timer(10, this::stuckCallback);
    loop.run();
    assertThat(warnings.list).hasSize(1);
  }

  @Test
  void aLoopIsWatchedFromItsFirstRunUntilItCloses() {
    loop.setBlockedLimit(SHORT);
    assertThat(isLookedAt()).isFalse();
    loop.run();
    assertThat(isLookedAt()).isTrue();
    loop.close();
    await().until(() -> !isLookedAt());
  }

  @Test
  void aLimitMayBeSetAndTakenBackLater() {
    loop.setBlockedLimit(Duration.ZERO);
    loop.run();
    assertThat(isLookedAt()).as("without a limit").isFalse();
    loop.setBlockedLimit(SHORT);
    assertThat(isLookedAt()).isTrue();
    timer(10, this::stuckCallback);
    loop.run();
    loop.setBlockedLimit(Duration.ZERO);
    await().until(() -> !isLookedAt());
  }

  @Test
  void aLimitMayBeSetByTheCallbackThatNeedsIt() {
    timer(
        10,
        () -> {
          loop.setBlockedLimit(SHORT);
          stuckCallback();
        });
    loop.run();
    assertThat(warnings.list).hasSize(1);
  }

  @Test
  void aLimitIsALengthOfTime() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> loop.setBlockedLimit(Duration.ofNanos(-1)));
    assertThatNullPointerException().isThrownBy(() -> loop.setBlockedLimit(null));
    loop.setBlockedLimit(Duration.ofSeconds(Long.MAX_VALUE));
  }

  @Test
  void everyOutermostCallbackHasANumber() {
    TimerHandle one = TimerHandle.init(loop);
    IdleHandle other = IdleHandle.init(loop);
    assertThat(current.task()).isZero();
    assertThat(current.begins(one)).isNull();
    long first = current.task();
    assertThat(first).isNotZero();
    assertThat(current.describe()).contains("in a callback of " + one);
    current.ends(null);
    assertThat(current.task()).isZero();
    assertThat(current.describe()).matches("loop @[0-9a-f]{8}");
    assertThat(current.begins(other)).isNull();
    assertThat(current.task()).isNotZero().isNotEqualTo(first);
    assertThat(current.describe()).contains("in a callback of " + other);
  }

  @Test
  void aNestedCallbackBelongsToTheOutermostAndIsWhatIsNamed() {
    TimerHandle outer = TimerHandle.init(loop);
    TestRequest inner = new TestRequest(loop);
    current.begins(outer);
    long task = current.task();
    assertThat(current.begins(inner)).isSameAs(outer);
    assertThat(current.task()).isEqualTo(task);
    assertThat(current.describe()).contains("in a callback of " + inner);
    current.ends(outer);
    assertThat(current.task()).isEqualTo(task);
    assertThat(current.describe()).contains("in a callback of " + outer);
  }

  @Test
  void theLoopItselfTellsWhenACallbackBeginsAndEnds() {
    timer(0, () -> log.add("task " + loop.currentCallback.task()));
    readyPoll(
        poll -> {
          long task = loop.currentCallback.task();
          new TestRequest(loop)
              .submit()
              .answer(answered -> log.add("nested, as before: " + inTask(task)));
          log.add("after it, as before: " + inTask(task));
          poll.close();
        });
    loop.run();
    assertThat(log)
        .containsExactly("task 1", "nested, as before: true", "after it, as before: true");
    assertThat(loop.currentCallback.task()).isZero();
  }

  private boolean inTask(long task) {
    return task != 0 && loop.currentCallback.task() == task;
  }

  @Test
  void aCallbackThatThrowsHasEnded() {
    timer(
        0,
        () -> {
          throw new IllegalStateException("thrown");
        });
    assertThatThrownBy(() -> loop.run()).hasMessage("thrown");
    assertThat(loop.currentCallback.task()).isZero();
  }

  @Test
  void aRunIsNoPartOfACallback() {
    long[] task = new long[1];
    timer(0, () -> task[0] = loop.currentCallback.task());
    new TestRequest(loop).submit().answer(answered -> loop.run());
    assertThat(task[0]).as("the number of the timer's callback").isEqualTo(2);
    assertThat(loop.currentCallback.task()).isZero();
  }

  @Test
  void theThreadIsTheOneThatRunsTheLoop() {
    assertThat(loop.currentCallback.thread()).isSameAs(Thread.currentThread());
  }
}
