// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Who of the providers that are there can be made. */
class ProvidersTest {
  private static Iterable<String> services(List<Supplier<String>> made) {
    return () -> {
      Iterator<Supplier<String>> all = made.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return all.hasNext();
        }

        @Override
        public String next() {
          return all.next().get();
        }
      };
    };
  }

  @Test
  void oneThatCannotBeMadeDoesNotHideTheOthers() {
    Error newer = new UnsupportedClassVersionError("class file version 66.0");
    Providers<String> found =
        Providers.of(
            services(
                List.of(
                    () -> "first",
                    () -> {
                      throw newer;
                    },
                    () -> "second")));
    assertThat(found.usable()).containsExactly("first", "second");
    assertThat(found.unusable()).isSameAs(newer);
    assertThat(Providers.of(List.of()).unusable()).isNull();
  }

  @Test
  void aListOfProvidersThatCannotBeReadIsNotReadForEver() {
    Error broken = new ServiceConfigurationError("a line that names no class");
    Iterable<String> unreadable =
        () ->
            new Iterator<>() {
              @Override
              public boolean hasNext() {
                throw broken;
              }

              @Override
              public String next() {
                throw broken;
              }
            };
    assertThat(Providers.of(unreadable)).isEqualTo(new Providers<>(List.of(), broken));
  }

  @Test
  void theReasonIsWhatFailedFirst() {
    Throwable first = new IllegalCallerException("native access is not allowed");
    Throwable made = new NoClassDefFoundError("no class");
    made.initCause(new ExceptionInInitializerError(first));
    assertThat(Providers.reason(made)).isEqualTo(first.toString());
    assertThat(Providers.reason(first)).isEqualTo(first.toString());
    Throwable alone = new UnsatisfiedLinkError("no function eventfd");
    assertThat(Providers.reason(alone)).isEqualTo(alone.toString());
  }
}
