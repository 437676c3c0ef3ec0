// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.phases.PhaseOrder.Verdict;
import org.junit.jupiter.api.Test;

class PhaseOrderTest {
  private final PhaseOrder truth = PhaseOrder.parse("I C C.closed / T1 T2");

  @Test
  void isReadHoweverItIsTyped() {
    assertThat(PhaseOrder.parse("  I,C , C.closed/T1\tT2 ")).hasToString(truth.toString());
    assertThat(PhaseOrder.parse("")).hasToString("-");
    assertThat(PhaseOrder.parse(" / ")).hasToString("-");
  }

  @Test
  void iterationsInWhichNothingIsCalledDoNotShow() {
    PhaseOrder order = new PhaseOrder();
    order.nextIteration();
    order.called("A");
    order.nextIteration();
    order.nextIteration();
    order.called("B");
    order.nextIteration();
    assertThat(order).hasToString("A / B");
    assertThat(PhaseOrder.parse("/ A // B /")).hasToString("A / B");
  }

  @Test
  void aPredictionIsRightOnlyWithItsIterations() {
    assertThat(judge("i c c.CLOSED / t1 t2")).isEqualTo(Verdict.RIGHT);
    assertThat(judge("I C C.closed / T1 T2 /")).isEqualTo(Verdict.RIGHT);
    assertThat(judge("I C C.closed T1 T2")).isEqualTo(Verdict.ITERATIONS_WRONG);
    assertThat(judge("I C / C.closed / T1 T2")).isEqualTo(Verdict.ITERATIONS_WRONG);
    assertThat(judge("I C.closed C / T1 T2")).isEqualTo(Verdict.WRONG);
    assertThat(judge("I C C.closed / T1")).isEqualTo(Verdict.WRONG);
    assertThat(judge("I C C.closed / T1 T2 T3")).isEqualTo(Verdict.WRONG);
    assertThat(judge("")).isEqualTo(Verdict.WRONG);
  }

  @Test
  void tellsWhichNameIsTheFirstThatIsWrong() {
    assertThat(truth.firstDifference(PhaseOrder.parse(""))).isEqualTo(1);
    assertThat(truth.firstDifference(PhaseOrder.parse("I / C T1"))).isEqualTo(3);
    assertThat(truth.firstDifference(PhaseOrder.parse("I C C.closed T1"))).isEqualTo(5);
    assertThat(truth.firstDifference(PhaseOrder.parse("I C C.closed T1 T2 T3"))).isEqualTo(6);
  }

  private Verdict judge(String prediction) {
    return truth.judge(PhaseOrder.parse(prediction));
  }
}
