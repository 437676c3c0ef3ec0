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

  private static TestDescriptor test(TestSource source) {
    return new AbstractTestDescriptor(UniqueId.forEngine("test"), "test", source) {
      @Override
      public Type getType() {
        return Type.TEST;
      }
    };
  }

  private static boolean runs(String backend, TestSource source) {
    return new BackendFilter(backend).apply(test(source)).included();
  }

  @Test
  void aClassThatIsListedIsLeftOutWithAllItsTests() {
    assertThat(runs("epoll", ClassSource.from(LISTED))).isFalse();
    assertThat(runs("epoll", MethodSource.from(LISTED, "any"))).isFalse();
    assertThat(runs("epoll", ClassSource.from("io.minilibuv.core.LoopStopTest"))).isTrue();
    assertThat(runs("epoll", MethodSource.from("io.minilibuv.core.LoopStopTest", "a"))).isTrue();
  }

  @Test
  void whatIsNestedInAListedClassIsLeftOut() {
    TestDescriptor inherited = test(MethodSource.from("io.minilibuv.core.Contract$Part", "any"));
    test(ClassSource.from("io.minilibuv.core.LoopStopTest")).addChild(inherited);
    assertThat(new BackendFilter("epoll").apply(inherited).included()).isTrue();
    test(ClassSource.from(LISTED)).addChild(inherited);
    assertThat(new BackendFilter("epoll").apply(inherited).included()).isFalse();
  }

  @Test
  void onAnotherBackendOrWithoutOneEverythingRuns() {
    assertThat(runs("kqueue", ClassSource.from(LISTED))).isTrue();
    assertThat(runs(null, ClassSource.from(LISTED))).isTrue();
  }
}
