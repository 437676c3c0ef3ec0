// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Work that throws: no worker dies of it, and the request tells. */
class WorkFailureTest extends PoolFixture {
  private final List<Thread> workers = new CopyOnWriteArrayList<>();
  private final List<Integer> statuses = new ArrayList<>();
  private final List<Throwable> failures = new ArrayList<>();

  WorkFailureTest() {
    super(1);
  }

  private void queueThrowing(WorkRequest.Work work) {
    WorkRequest.queue(
        loop,
        request -> {
          workers.add(Thread.currentThread());
          work.work(request);
        },
        (request, status) -> {
          statuses.add(status);
          failures.add(request.failure());
        });
  }

  /** Needs far more stack than a worker has. */
  private static int overflow(int depth) {
    return depth == Integer.MAX_VALUE ? 0 : overflow(depth + 1) + 1;
  }

  @Test
  void whateverIsThrownIsCarriedAndTheWorkerGoesOn() {
    IOException checked = new IOException("checked");
    IllegalArgumentException unchecked = new IllegalArgumentException("unchecked");
    LinkageError error = new LinkageError("error");
    queueThrowing(
        request -> {
          throw checked;
        });
    queueThrowing(
        request -> {
          throw unchecked;
        });
    queueThrowing(
        request -> {
          throw error;
        });
    queueThrowing(request -> overflow(0));
    queueThrowing(request -> {});
    assertThat(loop.run()).isFalse();

    int unknown = UvError.UNKNOWN.code();
    assertThat(statuses).containsExactly(unknown, unknown, unknown, unknown, 0);
    assertThat(failures.subList(0, 3)).containsExactly(checked, unchecked, error);
    assertThat(failures.get(3)).isInstanceOf(StackOverflowError.class);
    assertThat(failures.get(4)).isNull();
    assertThat(workers).hasSize(5);
    assertThat(workers.stream().distinct()).hasSize(1);
  }

  @Test
  void anErrorOfTheLibraryKeepsItsCode() {
    queueThrowing(
        request -> {
          throw UvError.ENOENT.exception("open", "missing.txt");
        });
    loop.run();
    assertThat(statuses).containsExactly(UvError.ENOENT.code());
    assertThat(failures.get(0)).hasMessageContaining("missing.txt");
  }

  @Test
  void withoutACallbackTheFailureIsKeptAllTheSame() {
    IOException thrown = new IOException("nobody wanted to know: this is what the log is about");
    WorkRequest request =
        WorkRequest.queue(
            loop,
            work -> {
              throw thrown;
            },
            null);
    assertThat(loop.run()).isFalse();
    assertThat(request.failure()).isSameAs(thrown);
  }

  @Test
  void aRequestTypeIsToldTheStatusOfTheWorkAndFindsTheFailure() {
    IOException thrown = new IOException("thrown");
    KindRequest request =
        KindRequest.submit(
            loop,
            WorkKind.FAST_IO,
            () -> {
              throw thrown;
            },
            statuses::add);
    loop.run();
    assertThat(statuses).containsExactly(0);
    assertThat(request.thrown()).isSameAs(thrown);
  }

  @Test
  void aFailureDoesNotStayWithARequestThatIsSubmittedAgain() {
    List<Throwable> toThrow = new ArrayList<>(List.of(new IOException("first")));
    KindRequest request =
        new KindRequest(
            loop,
            () -> {
              if (!toThrow.isEmpty()) {
                throw (Exception) toThrow.remove(0);
              }
            },
            statuses::add);
    request.submitAs(WorkKind.CPU);
    loop.run();
    assertThat(request.thrown()).hasMessage("first");
    request.submitAs(WorkKind.CPU);
    loop.run(RunMode.ONCE);
    assertThat(request.thrown()).isNull();
  }
}
