// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.testing.Crew;
import io.minilibuv.testing.Stress;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What a task promises to who programs it, and to who waits for it or cancels it. */
class FsTaskTest extends FsFixture {
  private final FsTask<String> task = new FsTask<>(loop);

  @Test
  void bringsAValue() {
    assertThat(task.settle(null, "value")).isTrue();
    assertThat(task).isCompletedWithValue("value");
    assertThat(task.cancel(false)).isFalse();
    assertThat(task.settle(null, "another")).isFalse();
    assertThat(task.join()).isEqualTo("value");
  }

  @Test
  void bringsAnError() {
    UvException error = UvError.EIO.exception("read", "a");
    assertThat(task.settle(error, null)).isTrue();
    assertThatThrownBy(task::join).isInstanceOf(CompletionException.class).hasCause(error);
  }

  @Test
  void cancelIsAWishUntilTheOperationEnds() {
    assertThat(task.isCancelling()).isFalse();
    assertThat(task.cancel(true)).isTrue();
    assertThat(task).isNotDone();
    assertThat(task.isCancelling()).isTrue();
    assertThat(task.cancel(true)).isTrue();
    assertThat(task.commit()).isFalse();
    assertThat(task.settle(null, "value")).isFalse();
    assertThat(task).isCancelled();
    assertThat(task.cancel(true)).isTrue();
    assertThatThrownBy(task::join).isInstanceOf(CancellationException.class);
  }

  @Test
  void cancelWinsOverAnErrorThatComesLater() {
    task.cancel(false);
    assertThat(task.settle(UvError.EIO.exception("unlink", "a"), null)).isFalse();
    assertThat(task).isCancelled();
  }

  @Test
  void cancelComesTooLateForWhatIsCommitted() {
    assertThat(task.commit()).isTrue();
    assertThat(task.commit()).isTrue();
    assertThat(task.cancel(true)).isFalse();
    assertThat(task.isCancelling()).isFalse();
    assertThat(task.settle(null, "value")).isTrue();
    assertThat(task).isCompletedWithValue("value");
  }

  @Test
  void aRequestThatWasCancelledCancels() {
    assertThat(task.settle(UvError.ECANCELED.exception("read"), null)).isFalse();
    assertThat(task).isCancelled();
  }

  @Test
  void whoCompletesItByOtherMeansIsSeenByTheOperation() {
    assertThat(task.complete("mine")).isTrue();
    assertThat(task.isCancelling()).isFalse();
    assertThat(task.cancel(true)).isFalse();
    assertThat(task.settle(null, "value")).isFalse();
    assertThat(task).isCompletedWithValue("mine");
  }

  @Test
  void theLoopsThreadDoesNotWaitForItself() {
    assertThatIllegalStateException().isThrownBy(task::join);
    assertThatIllegalStateException().isThrownBy(task::get);
    assertThatIllegalStateException().isThrownBy(() -> task.get(1, TimeUnit.SECONDS));
  }

  /** Whatever comes first: what cancel has told is what becomes of the task. */
  @Test
  void cancelTellsTheTruthWhoeverIsFirst() throws Exception {
    for (int i = Stress.size(1_000, 100_000); i > 0; i--) {
      FsTask<Integer> raced = new FsTask<>(loop);
      AtomicBoolean told = new AtomicBoolean();
      CyclicBarrier start = new CyclicBarrier(2);
      try (Crew crew = new Crew()) {
        crew.start(
            () -> {
              start.await();
              told.set(raced.cancel(false));
            });
        start.await();
        raced.settle(null, 1);
        crew.join();
      }
      assertThat(raced.isDone()).isTrue();
      assertThat(raced.isCancelled()).isEqualTo(told.get());
    }
  }
}
