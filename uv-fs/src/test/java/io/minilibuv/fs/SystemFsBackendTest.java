// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.minilibuv.core.internal.Providers;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Which of the backends that are there is the process's. */
class SystemFsBackendTest {
  private final Logger log = (Logger) LoggerFactory.getLogger(SystemFsBackend.class);
  private final ListAppender<ILoggingEvent> warnings = new ListAppender<>();
  private final FsBackend found = new ForwardingFsBackend(FsBackend.nio()) {};
  private final List<String> asked = new ArrayList<>();

  @BeforeEach
  void listen() {
    warnings.start();
    log.setLevel(Level.INFO);
    log.addAppender(warnings);
    log.setAdditive(false);
  }

  @AfterEach
  void stopListening() {
    log.detachAppender(warnings);
    log.setAdditive(true);
    log.setLevel(null);
  }

  private FsBackendProvider provider(String name, Supplier<@Nullable FsBackend> opened) {
    return new FsBackendProvider() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public @Nullable FsBackend open() {
        asked.add(name);
        return opened.get();
      }
    };
  }

  private FsBackendProvider failing(String name, Throwable thrown) {
    return provider(
        name,
        () -> {
          if (thrown instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) thrown;
        });
  }

  private static FsBackend choose(@Nullable String choice, Iterable<FsBackendProvider> providers) {
    return SystemFsBackend.choose(choice, Providers.of(providers));
  }

  private List<String> told() {
    return warnings.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  /** These tests run once on java.nio and, in another module, once on Linux' own calls. */
  @Test
  void theBackendOfThisRunIsTheOneThatWasAskedFor() {
    boolean linux = "epoll".equals(System.getProperty(Providers.CHOICE));
    assertThat(FsBackend.system().name()).isEqualTo(linux ? "linux" : "java.nio");
  }

  @Test
  void theFirstThatWorksIsTaken() {
    List<FsBackendProvider> providers =
        List.of(
            provider("of another system", () -> null),
            provider("found", () -> found),
            provider("never asked", () -> FsBackend.nio()));
    for (String choice : new String[] {null, "", "epoll", "linux", "NIO"}) {
      asked.clear();
      assertThat(choose(choice, providers)).isSameAs(found);
      assertThat(asked).containsExactly("of another system", "found");
    }
    assertThat(told()).isEmpty();
  }

  @Test
  void withoutAnyItIsJavas() {
    assertThat(choose(null, List.of())).isSameAs(FsBackend.nio());
    assertThat(told()).isEmpty();
  }

  @Test
  void whoWantsJavasAsksNoOther() {
    assertThat(choose("nio", List.of(provider("other", () -> found)))).isSameAs(FsBackend.nio());
    assertThat(asked).isEmpty();
    assertThat(told()).isEmpty();
  }

  @Test
  void oneThatCannotWorkIsLoggedOnce() {
    for (Throwable thrown :
        List.of(
            new UnsupportedOperationException("the reason"),
            new UnsatisfiedLinkError("the reason"),
            new IllegalCallerException("the reason"))) {
      warnings.list.clear();
      assertThat(choose(null, List.of(failing("broken", thrown)))).isSameAs(FsBackend.nio());
      assertThat(told())
          .singleElement()
          .asString()
          .matches("no broken here, file system calls are made by nio: .*: the reason");
    }
    assertThat(
            choose(
                null,
                List.of(
                    failing("broken", new IllegalStateException()),
                    provider("found", () -> found))))
        .isSameAs(found);
    assertThat(told()).last().asString().endsWith("java.lang.IllegalStateException");
  }

  /** For a newer JDK, for instance. */
  @Test
  void oneThatCannotBeLoadedIsLoggedOnce() {
    for (Error thrown :
        List.of(
            new ServiceConfigurationError("the reason"),
            new UnsupportedClassVersionError("the reason"))) {
      warnings.list.clear();
      Iterable<FsBackendProvider> unloadable =
          () ->
              new Iterator<>() {
                @Override
                public boolean hasNext() {
                  throw thrown;
                }

                @Override
                public FsBackendProvider next() {
                  throw thrown;
                }
              };
      assertThat(choose(null, unloadable)).isSameAs(FsBackend.nio());
      assertThat(told())
          .singleElement()
          .asString()
          .matches("a file system backend is here that this JDK cannot use: .*: the reason");
    }
  }
}
