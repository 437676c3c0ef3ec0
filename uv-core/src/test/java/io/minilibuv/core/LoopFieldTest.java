// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoopFieldTest extends LoopFixture {

  private LoopField<AutoCloseable> closable(String name) {
    return LoopField.declare(
        name,
        opened -> {
          log.add("make " + name);
          return () -> log.add("close " + name);
        });
  }

  @Test
  void aValueIsMadeOnceForEachLoopAtItsFirstUse() {
    LoopField<Object> field =
        LoopField.declare(
            "field",
            opened -> {
              log.add("make");
              return new Object();
            });
    assertThat(log).isEmpty();
    Object value = field.of(loop);
    assertThat(field.of(loop)).isSameAs(value);
    assertThat(log).containsExactly("make");
    try (Loop other = Loop.open()) {
      assertThat(field.of(other)).isNotSameAs(value);
      assertThat(log).containsExactly("make", "make");
    }
  }

  @Test
  void aValueIsMadeForItsLoop() {
    LoopField<List<Loop>> field = LoopField.declare("field", List::of);
    assertThat(field.of(loop).get(0)).isSameAs(loop);
  }

  @Test
  void fieldsDoNotShareASlot() {
    List<LoopField<Integer>> fields = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      int value = i;
      fields.add(LoopField.declare("field " + i, opened -> value));
    }
    for (int i = 99; i >= 0; i--) {
      assertThat(fields.get(i).of(loop)).isEqualTo(i);
    }
    for (int i = 0; i < 100; i++) {
      assertThat(fields.get(i).of(loop)).isEqualTo(i);
    }
  }

  @Test
  void valuesAreClosedWithTheLoopTheOneMadeLastFirst() {
    LoopField<AutoCloseable> a = closable("a");
    LoopField<AutoCloseable> b = closable("b");
    LoopField<AutoCloseable> unused = closable("unused");
    LoopField<AutoCloseable> c = closable("c");
    c.of(loop);
    a.of(loop);
    b.of(loop);
    log.clear();
    loop.close();
    assertThat(log).containsExactly("close b", "close a", "close c");
    assertThat(unused).hasToString("LoopField unused");
    loop.close();
    assertThat(log).hasSize(3);
  }

  @Test
  void aValueWhoseMakingUsesAnotherFieldIsClosedBeforeThatOne() {
    LoopField<AutoCloseable> inner = closable("inner");
    LoopField<AutoCloseable> outer =
        LoopField.declare(
            "outer",
            opened -> {
              assertThat(inner.of(opened)).isNotNull();
              log.add("make outer");
              return () -> log.add("close outer");
            });
    AutoCloseable made = outer.of(loop);
    assertThat(outer.of(loop)).isSameAs(made);
    loop.close();
    assertThat(log).containsExactly("make inner", "make outer", "close outer", "close inner");
  }

  @Test
  void aMakingThatFillsManySlotsKeepsAllOfThem() {
    List<LoopField<Integer>> inner = new ArrayList<>();
    LoopField<Integer> outer =
        LoopField.declare(
            "outer",
            opened -> {
              int sum = 0;
              for (LoopField<Integer> field : inner) {
                sum += field.of(opened);
              }
              return sum;
            });
    for (int i = 1; i <= 50; i++) {
      int value = i;
      inner.add(LoopField.declare("inner " + i, opened -> value));
    }
    assertThat(outer.of(loop)).isEqualTo(1275);
    assertThat(inner.get(49).of(loop)).isEqualTo(50);
  }

  @Test
  void aValueThatFailsToCloseKeepsNoOtherFromIt() {
    LoopField<AutoCloseable> first = closable("first");
    LoopField<AutoCloseable> failing =
        LoopField.declare(
            "failing",
            opened ->
                () -> {
                  log.add("close failing");
                  throw new IOException("on purpose");
                });
    LoopField<AutoCloseable> last = closable("last");
    first.of(loop);
    failing.of(loop);
    last.of(loop);
    log.clear();
    loop.close();
    assertThat(log).containsExactly("close last", "close failing", "close first");
    assertThatIllegalStateException().isThrownBy(loop::run);
  }

  @Test
  void aValueThatClosingMakesIsClosedToo() {
    LoopField<AutoCloseable> late = closable("late");
    LoopField<AutoCloseable> field =
        LoopField.declare(
            "field",
            opened ->
                () -> {
                  log.add("close field");
                  assertThat(late.of(opened)).isNotNull();
                });
    closable("first").of(loop);
    field.of(loop);
    log.clear();
    loop.close();
    assertThat(log).containsExactly("close field", "make late", "close late", "close first");
  }

  @Test
  void aMakingThatFailsMayBeTriedAgain() {
    boolean[] failed = new boolean[1];
    LoopField<String> field =
        LoopField.declare(
            "field",
            opened -> {
              if (!failed[0]) {
                failed[0] = true;
                throw new UnsupportedOperationException("not yet");
              }
              return "made";
            });
    assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> field.of(loop));
    assertThat(field.of(loop)).isEqualTo("made");
  }

  @Test
  void aMakingMustMakeSomething() {
    LoopField<Object> field = LoopField.declare("empty", opened -> null);
    assertThatNullPointerException()
        .isThrownBy(() -> field.of(loop))
        .withMessageContaining("empty");
  }

  @Test
  void aGivenValueIsUsedAndStaysTheGiversToClose() {
    LoopField<AutoCloseable> field = closable("field");
    AutoCloseable given = () -> log.add("close given");
    LoopOptions options = new LoopOptions().with(field, given);
    try (Loop first = Loop.open(options);
        Loop second = Loop.open(options)) {
      assertThat(field.of(first)).isSameAs(given);
      assertThat(field.of(second)).isSameAs(given);
      assertThat(field.of(loop)).isNotSameAs(given);
    }
    assertThat(log).containsExactly("make field");
  }

  @Test
  void aBorrowedValueIsFoundOnceAndStaysOpen() {
    AutoCloseable everybodys = () -> log.add("close everybody's");
    LoopField<AutoCloseable> borrowed =
        LoopField.declareBorrowed(
            "borrowed",
            opened -> {
              log.add("find");
              return everybodys;
            });
    assertThat(borrowed.of(loop)).isSameAs(everybodys);
    assertThat(borrowed.of(loop)).isSameAs(everybodys);
    loop.close();
    assertThat(log).containsExactly("find");
  }

  @Test
  void aClosedLoopMakesNoValues() {
    loop.close();
    LoopField<AutoCloseable> field = closable("field");
    assertThatIllegalStateException().isThrownBy(() -> field.of(loop));
    assertThat(log).isEmpty();
  }

  @Test
  void aBusyLoopClosesNothing() {
    TimerHandle.init(loop);
    closable("field").of(loop);
    log.clear();
    assertThatExceptionOfType(LoopBusyException.class).isThrownBy(loop::close);
    assertThat(log).isEmpty();
  }
}
