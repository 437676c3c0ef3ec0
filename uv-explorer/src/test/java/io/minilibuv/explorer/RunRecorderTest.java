// SPDX-License-Identifier: MIT
package io.minilibuv.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.ManualClock;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.explorer.RecordedEvent.Kind;
import io.minilibuv.testing.LeakCheck;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class RunRecorderTest {
  private final Loop loop = Loop.open(new LoopOptions().clock(new ManualClock()));

  @AfterEach
  void closeLoop() {
    loop.shutdown();
  }

  @Test
  void recordsPhasesCallbacksAndPollsInOrder() {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> {}, 100, 0);
    RunRecorder recorder = RunRecorder.on(loop, 1000);

    loop.run();

    assertThat(recorder.events())
        .extracting(event -> event.kind() + " " + event.subject())
        .containsSubsequence(
            "PHASE_BEGIN TIMERS",
            "PHASE_END TIMERS",
            "PHASE_BEGIN POLL",
            "POLL_ENTER timeout 100: NEXT_TIMER",
            "POLL_RETURN ready 0",
            "PHASE_END POLL",
            "PHASE_BEGIN CLOSING",
            "PHASE_BEGIN TIMERS",
            "CALLBACK_BEGIN " + timer,
            "CALLBACK_END " + timer,
            "PHASE_END TIMERS");
    assertThat(recorder.events()).extracting(RecordedEvent::nanos).isSorted();
  }

  @Test
  void keepsTheFirstEventsAndCountsTheRest() {
    RunRecorder recorder = RunRecorder.on(loop, 3);
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(handle -> {}, 1, 0);

    loop.run();

    assertThat(recorder.events()).hasSize(3);
    assertThat(recorder.dropped()).isPositive();
    StringBuilder text = new StringBuilder();
    recorder.writeTo(text);
    List<String> lines = text.toString().lines().toList();
    assertThat(lines).hasSize(4);
    assertThat(lines.get(0)).isEqualTo("0\t" + Kind.PHASE_BEGIN + "\tTIMERS");
    assertThat(lines.get(3)).isEqualTo("(" + recorder.dropped() + " more)");
  }

  @Test
  void refusesALimitThatKeepsNothing() {
    assertThatThrownBy(() -> RunRecorder.on(loop, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0");
    assertThat(loop.observer()).isNull();
  }
}
