// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.minilibuv.core.internal.Providers;
import io.minilibuv.testing.LeakCheck;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** Which backend a loop gets, and what is said when it is not the one that it should be. */
@ExtendWith(LeakCheck.class)
class PollBackendsTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(PollBackends.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void listen() {
    lines.start();
    logger.setAdditive(false);
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(lines);
    logger.setLevel(null);
    logger.setAdditive(true);
  }

  /** A provider that a test plays. */
  private record Provider(String name, boolean isForThisSystem, Supplier<PollBackend> opener)
      implements PollBackendProvider {
    @Override
    public PollBackend open() {
      return opener.get();
    }
  }

  private static Provider working() {
    return new Provider("fake", true, FakePollBackend::new);
  }

  private static Provider failing(Supplier<? extends Throwable> failure) {
    return new Provider(
        "fake",
        true,
        () -> {
          Throwable thrown = failure.get();
          if (thrown instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) thrown;
        });
  }

  private static PollBackends with(String property, PollBackendProvider... providers) {
    return new PollBackends(new Providers<>(List.of(providers), null), property);
  }

  private static PollBackends withUnusable(Throwable why, @Nullable String property) {
    return new PollBackends(new Providers<>(List.of(), why), property);
  }

  private static String opened(PollBackends backends) {
    try (PollBackend backend = backends.open()) {
      return backend.name();
    }
  }

  private static String opened(PollBackends backends, String name) {
    try (PollBackend backend = backends.open(name)) {
      return backend.name();
    }
  }

  private void assertOneLine(Level level, String... parts) {
    assertThat(lines.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(level);
              assertThat(line.getFormattedMessage()).contains(parts).doesNotContain("\n");
              assertThat(line.getThrowableProxy()).isNull();
            });
  }

  @Test
  void withoutProvidersItIsNio() {
    assertThat(opened(with(null))).isEqualTo("nio");
    assertThat(opened(with(""))).isEqualTo("nio");
    assertThat(opened(with("nio"))).isEqualTo("nio");
    assertThat(lines.list).isEmpty();
  }

  @Test
  void aProviderIsTakenUnlessThePropertyNamesNio() {
    assertThat(opened(with(null, working()))).isEqualTo("fake");
    assertThat(opened(with("fake", working()))).isEqualTo("fake");
    assertThat(opened(with("nio", working()))).isEqualTo("nio");
    assertThat(lines.list).isEmpty();
  }

  @Test
  void aProviderForAnotherSystemIsNotThere() {
    Provider foreign = new Provider("fake", false, FakePollBackend::new);
    assertThat(opened(with(null, foreign))).isEqualTo("nio");
    assertThat(lines.list).isEmpty();
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(() -> with(null, foreign).open("fake"))
        .withMessageContaining("there is nio only");
  }

  @Test
  void anUnknownNameInThePropertyIsAWarningAndTheDefault() {
    PollBackends backends = with("kqueue", working());
    assertThat(opened(backends)).isEqualTo("fake");
    assertThat(opened(backends)).isEqualTo("fake");
    assertOneLine(Level.WARN, "kqueue", "nio and fake", "loops are opened on fake");
  }

  @Test
  void aNameThatOnlyAnotherModuleKnowsSaysWhichWhenItIsNotThere() {
    assertThat(opened(with("epoll"))).isEqualTo("nio");
    assertOneLine(Level.WARN, "epoll", "io.minilibuv.linux", "JDK 22", "loops are opened on nio");
  }

  @Test
  void aProviderOfANewerJdkIsToldAndDoesNoHarm() {
    Throwable newer = new UnsupportedClassVersionError("class file version 66.0");
    assertThat(opened(withUnusable(newer, null))).isEqualTo("nio");
    assertOneLine(Level.INFO, "this JDK cannot use", "class file version 66.0");
    lines.list.clear();
    assertThat(opened(withUnusable(newer, "epoll"))).isEqualTo("nio");
    assertOneLine(Level.WARN, "epoll", "class file version 66.0");
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(() -> withUnusable(newer, null).open("epoll"))
        .withMessageContaining("class file version 66.0")
        .withCause(newer);
  }

  @Test
  void aDefaultThatDoesNotWorkHereIsToldOnceAndLeftAtThat() {
    int[] asked = new int[1];
    PollBackends backends =
        with(
            null,
            failing(
                () -> {
                  asked[0]++;
                  return new UnsupportedOperationException("eventfd: EPERM");
                }));
    assertThat(opened(backends)).isEqualTo("nio");
    assertThat(opened(backends)).isEqualTo("nio");
    assertThat(asked[0]).isEqualTo(1);
    assertOneLine(Level.WARN, "no fake here", "on nio", "eventfd: EPERM");
  }

  @Test
  void theReasonIsTheFirstOneAndNotWhatItCameOutAs() {
    Throwable reason = new IllegalCallerException("native access is not allowed");
    assertThat(opened(with(null, failing(() -> new ExceptionInInitializerError(reason)))))
        .isEqualTo("nio");
    assertOneLine(Level.WARN, "native access is not allowed");
  }

  @Test
  void aFunctionThatIsMissingIsAReasonToo() {
    assertThat(opened(with("fake", failing(() -> new UnsatisfiedLinkError("no function eventfd")))))
        .isEqualTo("nio");
    assertOneLine(Level.WARN, "no function eventfd");
  }

  @ParameterizedTest
  @EnumSource(names = {"EMFILE", "ENFILE", "ENOMEM", "ENOSPC"})
  void tooManyOfSomethingForNowIsNoReasonToFallBack(UvError shortage) {
    boolean[] lacking = {true};
    PollBackends backends =
        with(
            null,
            new Provider(
                "fake",
                true,
                () -> {
                  if (lacking[0]) {
                    throw shortage.exception("uv_loop_init");
                  }
                  return new FakePollBackend();
                }));
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(backends::open)
        .satisfies(e -> assertThat(e.error()).isEqualTo(shortage));
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(() -> backends.open("fake"))
        .satisfies(e -> assertThat(e.error()).isEqualTo(shortage));
    lacking[0] = false;
    assertThat(opened(backends)).isEqualTo("fake");
    assertThat(lines.list).isEmpty();
  }

  @Test
  void whatIsAskedForByNameIsThatOrNothing() {
    PollBackends backends = with("nio", working());
    assertThat(opened(backends, "fake")).isEqualTo("fake");
    assertThat(opened(backends, "nio")).isEqualTo("nio");
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(() -> backends.open("kqueue"))
        .withMessageStartingWith("ENOSYS: ")
        .withMessageContaining("uv_loop_init: no poll backend of the name kqueue")
        .satisfies(e -> assertThat(e.error()).isEqualTo(UvError.ENOSYS));
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(
            () -> with(null, failing(() -> UvError.EPERM.exception("epoll_create1"))).open("fake"))
        .withMessageStartingWith("ENOSYS: ")
        .withMessageContaining("EPERM")
        .withCauseInstanceOf(UvException.class);
    assertThat(lines.list).isEmpty();
  }

  /** These tests run once on nio and, in another module, once on each other backend. */
  @Test
  void aLoopWithoutOptionsIsOnTheBackendOfThisRun() {
    try (Loop loop = Loop.open()) {
      assertThat(loop.backendName()).isEqualTo(System.getProperty(Providers.CHOICE, "nio"));
    }
  }

  @Test
  void aLoopIsOpenedOnTheBackendThatItsOptionsName() {
    try (Loop loop = Loop.open(new LoopOptions().pollBackend("nio"))) {
      assertThat(loop.backendName()).isEqualTo("nio");
    }
    LoopOptions unknown = new LoopOptions().pollBackend("kqueue");
    assertThatExceptionOfType(UvException.class)
        .isThrownBy(() -> Loop.open(unknown))
        .satisfies(e -> assertThat(e.error()).isEqualTo(UvError.ENOSYS));
    try (Loop loop = Loop.open(unknown.pollBackend(new FakePollBackend()))) {
      assertThat(loop.backendName()).isEqualTo("fake");
    }
  }
}
