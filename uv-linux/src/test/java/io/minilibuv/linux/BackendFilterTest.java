// SPDX-License-Identifier: MIT
package io.minilibuv.linux;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.UniqueId;
import org.junit.platform.engine.support.descriptor.AbstractTestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;

/** What the list leaves out is left out, on that backend, and nothing else. */
class BackendFilterTest {
  private static final String LISTED = "io.minilibuv.core.NioWakeupTest";

  private static boolean runs(String backend, TestSource source) {
    TestDescriptor test =
        new AbstractTestDescriptor(UniqueId.forEngine("test"), "test", source) {
          @Override
          public Type getType() {
            return Type.TEST;
          }
        };
    return new BackendFilter(backend).apply(test).included();
  }

  @Test
  void aClassThatIsListedIsLeftOutWithAllItsTests() {
    assertThat(runs("epoll", ClassSource.from(LISTED))).isFalse();
    assertThat(runs("epoll", MethodSource.from(LISTED, "any"))).isFalse();
    assertThat(runs("epoll", ClassSource.from("io.minilibuv.core.LoopStopTest"))).isTrue();
    assertThat(runs("epoll", MethodSource.from("io.minilibuv.core.LoopStopTest", "a"))).isTrue();
  }

  @Test
  void onAnotherBackendOrWithoutOneEverythingRuns() {
    assertThat(runs("kqueue", ClassSource.from(LISTED))).isTrue();
    assertThat(runs(null, ClassSource.from(LISTED))).isTrue();
  }
}
