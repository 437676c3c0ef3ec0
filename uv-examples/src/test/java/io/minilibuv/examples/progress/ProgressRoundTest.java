// SPDX-License-Identifier: MIT
package io.minilibuv.examples.progress;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(LeakCheck.class)
class ProgressRoundTest {
  private final ThreadPool pool = new ThreadPool(3);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private final List<Long> told = new ArrayList<>();

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @Test
  void eachCallbackSeesMoreAndTheLastOneAll() {
    CoalescedSends round = new CoalescedSends(loop, new Senders.Plan(30_001, 4, 0), told::add);
    round.start();
    assertThat(loop.run()).isFalse();
    CoalescedSends.Outcome outcome = round.outcome();
    assertThat(outcome.sends()).isEqualTo(30_001);
    assertThat(outcome.callbacks()).isEqualTo(told.size());
    assertThat(told).isSorted().endsWith(30_001L);
    assertThat(outcome.isAsGuaranteed()).isTrue();
  }

  @Test
  void eachMessageComesOnceAndInOrder() {
    QueuedMessages round = new QueuedMessages(loop, new Senders.Plan(30_001, 4, 0), told::add);
    round.start();
    assertThat(loop.run()).isFalse();
    QueuedMessages.Outcome outcome = round.outcome();
    assertThat(told).hasSize(30_001).isSorted().doesNotHaveDuplicates();
    assertThat(outcome.messages()).isEqualTo(30_001);
    assertThat(outcome.received()).isEqualTo(30_001);
    assertThat(outcome.outOfOrder()).isZero();
    assertThat(outcome.batches()).isBetween(30_001L / 256 + 1, 30_001L);
    assertThat(outcome.isAsGuaranteed()).isTrue();
  }

  @Test
  void stoppedEarlyTheyGuaranteeTheSameOfWhatWasSent() {
    CoalescedSends coalesced =
        new CoalescedSends(loop, new Senders.Plan(1_000_000, 5, 1_000_000), told::add);
    coalesced.start();
    coalesced.stop();
    QueuedMessages queued =
        new QueuedMessages(loop, new Senders.Plan(1_000_000, 5, 1_000_000), told::add);
    queued.start();
    queued.stop();
    loop.run();
    assertThat(coalesced.outcome().sends()).isLessThan(1_000_000);
    assertThat(coalesced.outcome().isAsGuaranteed()).isTrue();
    assertThat(queued.outcome().messages()).isLessThan(1_000_000);
    assertThat(queued.outcome().isAsGuaranteed()).isTrue();
  }

  @Test
  void theSharesAreAllThatIsToBeSent() {
    Senders.Plan plan = new Senders.Plan(11, 4, 0);
    assertThat(List.of(plan.share(0), plan.share(1), plan.share(2), plan.share(3)))
        .containsExactly(3, 3, 3, 2);
    assertThat(new Senders.Plan(1, 2, 0).share(1)).isZero();
  }

  @Test
  void whatIsNotGuaranteedWouldShow() {
    assertThat(new CoalescedSends.Outcome(3, 2, 3).isAsGuaranteed()).isTrue();
    assertThat(new CoalescedSends.Outcome(3, 2, 2).isAsGuaranteed()).isFalse();
    assertThat(new CoalescedSends.Outcome(3, 4, 3).isAsGuaranteed()).isFalse();
    assertThat(new CoalescedSends.Outcome(0, 0, 0).isAsGuaranteed()).isTrue();
    assertThat(new QueuedMessages.Outcome(3, 3, 0, 1).isAsGuaranteed()).isTrue();
    assertThat(new QueuedMessages.Outcome(3, 2, 0, 1).isAsGuaranteed()).isFalse();
    assertThat(new QueuedMessages.Outcome(3, 3, 1, 1).isAsGuaranteed()).isFalse();
  }
}
