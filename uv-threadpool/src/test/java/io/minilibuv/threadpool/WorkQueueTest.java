// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.EventSource;
import io.minilibuv.core.Handle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopMetrics;
import io.minilibuv.core.LoopObserver;
import io.minilibuv.core.RunMode;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** How what is done comes back to the loop: {@code uv__work_done}. */
class WorkQueueTest extends PoolFixture {

  WorkQueueTest() {
    super(2);
  }

  private WorkRequest queueThrowing(String name) {
    return WorkRequest.queue(
        loop,
        request -> {},
        (request, status) -> {
          see(name, status);
          throw new IllegalArgumentException(name);
        });
  }

  private void runThrowing(String name) {
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT))
        .isExactlyInstanceOf(IllegalArgumentException.class)
        .hasMessage(name);
  }

  @Test
  void completionsComeInTheOrderOfFinishing() {
    queueAndFinish("a");
    queueAndFinish("b");
    queueAndFinish("c");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("a", "b", "c");
  }

  @Test
  void completionsComeBeforeUsersAsyncsOfTheSameWakeUp() {
    AsyncHandle async = AsyncHandle.init(loop, handle -> seen.add("async"));
    async.send();
    queueAndFinish("work");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("work", "async");
  }

  @Test
  void completionsComeFirstEvenIfTheFirstWorkWasQueuedByAnAsyncCallback() {
    AsyncHandle first = AsyncHandle.init(loop, handle -> seen.add("first"));
    AsyncHandle second =
        AsyncHandle.init(
            loop,
            handle -> {
              seen.add("second");
              if (seen.size() == 1) {
                queueAndFinish("work");
              }
            });
    second.send();
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("second");
    seen.clear();
    first.send();
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("work", "first");
  }

  @Test
  void whatIsFinishedMeanwhileComesWithTheNextWakeUp() {
    WorkRequest.queue(
        loop,
        request -> {},
        (request, status) -> {
          see("first", status);
          queueAndFinish("meanwhile");
        });
    awaitIdle();
    queueAndFinish("second");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("first", "second");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("first", "second", "meanwhile");
  }

  @Test
  void theInternalHandleComesWithTheFirstWork() {
    try (Loop fresh = openLoop(pool)) {
      assertThat(printed(fresh)).isEmpty();
      WorkRequest.queue(fresh, request -> {}, null);
      assertThat(printed(fresh)).startsWith("[-AI] async ").hasLineCount(1);
      fresh.run();
      assertThat(printed(fresh)).startsWith("[-AI] async ").hasLineCount(1);
    }
  }

  private static String printed(Loop of) {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    of.printAllHandles(new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void theInternalHandleIsHiddenAndKeepsNothingAlive() {
    queue("work");
    List<Handle> walked = new ArrayList<>();
    loop.walk(walked::add);
    assertThat(walked).isEmpty();
    assertThat(printed(loop)).startsWith("[-AI] async ");
    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly("work");
  }

  @Test
  void eachCompletionCountsAsOneEvent() {
    queueAndFinish("a");
    queueAndFinish("b");
    queueAndFinish("c");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).hasSize(3);
    assertThat(loop.metrics()).isEqualTo(new LoopMetrics(1, 3, 2));
  }

  @Test
  void aSingleCompletionIsCountedByThePollAlone() {
    queueAndFinish("a");
    loop.run(RunMode.NOWAIT);
    assertThat(loop.metrics()).isEqualTo(new LoopMetrics(1, 1, 0));
  }

  @Test
  void inAPollThatWaitsNoneIsCountedAsWaiting() {
    saturate();
    queue("a");
    queue("b");
    unblock();
    awaitIdle();
    loop.run();
    assertThat(loop.metrics().events()).isEqualTo(4);
    assertThat(loop.metrics().eventsWaiting()).isZero();
  }

  @Test
  void aCallbackThatThrowsLeavesTheRestForTheNextRun() {
    queueThrowing("a");
    awaitIdle();
    queueAndFinish("b");
    queueAndFinish("c");
    runThrowing("a");
    assertThat(seen).containsExactly("a");
    assertThat(loop.isAlive()).isTrue();
    queueAndFinish("d");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("a", "b", "c", "d");
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void theRestComesBeforeWhatIsFinishedMeanwhile() {
    WorkRequest.queue(
        loop,
        request -> {},
        (request, status) -> {
          see("a", status);
          queueAndFinish("meanwhile");
          throw new IllegalArgumentException("a");
        });
    awaitIdle();
    queueAndFinish("b");
    queueAndFinish("c");
    runThrowing("a");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("a", "b", "c", "meanwhile");
  }

  @Test
  void theNextRunIsWokenForTheRest() {
    queueThrowing("a");
    awaitIdle();
    queueAndFinish("b");
    assertThatThrownBy(() -> loop.run()).hasMessage("a");
    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly("a", "b");
  }

  @Test
  void everyCallbackMayThrowAndEachIsCalledOnce() {
    queueThrowing("a");
    awaitIdle();
    queueThrowing("b");
    awaitIdle();
    queueThrowing("c");
    awaitIdle();
    runThrowing("a");
    runThrowing("b");
    runThrowing("c");
    assertThat(loop.run(RunMode.NOWAIT)).isFalse();
    assertThat(seen).containsExactly("a", "b", "c");
    assertThat(loop.metrics().events()).isEqualTo(3);
  }

  @Test
  void anExceptionKeepsNoUsersAsyncFromBeingCalled() {
    AsyncHandle async = AsyncHandle.init(loop, handle -> seen.add("async"));
    queueThrowing("a");
    awaitIdle();
    queueAndFinish("b");
    async.send();
    runThrowing("a");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactlyInAnyOrder("a", "b", "async");
    seen.clear();
    async.send();
    queueAndFinish("c");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("c", "async");
  }

  @Test
  void aCancelledRequestIsLeftForTheNextRunToo() {
    saturate();
    WorkRequest a = queueThrowing("a");
    WorkRequest b = queue("b");
    a.cancel();
    b.cancel();
    assertThatThrownBy(() -> loop.run(RunMode.NOWAIT)).hasMessage("a");
    b.cancel();
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("a ECANCELED", "b ECANCELED");
  }

  @Test
  void anExceptionHandlerLetsTheBatchGoOn() {
    List<EventSource> sources = new ArrayList<>();
    loop.setExceptionHandler((source, thrown) -> sources.add(source));
    WorkRequest a = queueThrowing("a");
    awaitIdle();
    queueAndFinish("b");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("a", "b");
    assertThat(sources).containsExactly(a);
  }

  @Test
  void theCallbackOfARequestIsInsideTheOneOfTheHandleThatDelivers() {
    WorkRequest request = queueAndFinish("work");
    List<String> calls = new ArrayList<>();
    loop.setObserver(
        new LoopObserver() {
          @Override
          public void callbackBegin(Loop of, EventSource source) {
            calls.add("begin " + (source == request ? "request" : source.getClass().getName()));
          }

          @Override
          public void callbackEnd(Loop of, EventSource source) {
            calls.add("end " + (source == request ? "request" : "handle"));
          }
        });
    loop.run(RunMode.NOWAIT);
    assertThat(calls)
        .containsExactly(
            "begin io.minilibuv.async.internal.InternalAsyncHandle",
            "begin request",
            "end request",
            "end handle");
  }

  @Test
  void theLoopIsNotClosedBeforeItsRequestsHaveCalledBack() {
    WorkRequest request = queueAndFinish("work");
    assertThatThrownBy(loop::close).hasMessageContaining(request.toString());
    loop.run();
    loop.close();
    assertThat(seen).containsExactly("work");
  }
}
