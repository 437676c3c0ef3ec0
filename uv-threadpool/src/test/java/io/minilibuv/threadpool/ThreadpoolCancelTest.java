// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.Request;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.RunMode;
import io.minilibuv.core.TimerHandle;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.testing.Crew;
import io.minilibuv.threadpool.dns.AddrHints;
import io.minilibuv.threadpool.dns.GetAddrInfoRequest;
import io.minilibuv.threadpool.dns.GetNameInfoRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** {@code test/test-threadpool-cancel.c}, and the rules of {@code uv_cancel} that it leaves out. */
class ThreadpoolCancelTest extends PoolFixture {
  private final AtomicInteger worked = new AtomicInteger();
  private int timerCalled;

  ThreadpoolCancelTest() {
    super(4);
  }

  /** Queues work that must never be done. */
  private WorkRequest queueNever(String name) {
    return WorkRequest.queue(
        loop, request -> worked.incrementAndGet(), (request, status) -> see(name, status));
  }

  @Test
  void threadpoolCancelWork() {
    saturate();
    List<WorkRequest> requests = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      requests.add(queueNever("work"));
    }
    cancelAllFromATimer(requests);
    assertThat(seen).hasSize(16).containsOnly("work ECANCELED");
    assertThat(worked).hasValue(0);
  }

  /** What libuv's test does with a timer: cancels all, and lets the workers go on. */
  private void cancelAllFromATimer(List<? extends Request> requests) {
    TimerHandle timer = TimerHandle.init(loop);
    timer.start(
        handle -> {
          requests.forEach(Request::cancel);
          handle.close();
          unblock();
          timerCalled++;
        },
        10,
        0);
    assertThat(loop.run()).isFalse();
    assertThat(timerCalled).isEqualTo(1);
  }

  @Test
  void threadpoolCancelGetaddrinfo() {
    saturate();
    GetAddrInfoRequest.Callback callback =
        (request, status, addrinfo) -> {
          see("getaddrinfo", status);
          assertThat(addrinfo).isEmpty();
          assertThat(request.status()).isEqualTo(status);
          assertThat(request.failure()).isNull();
        };
    cancelAllFromATimer(
        List.of(
            GetAddrInfoRequest.getaddrinfo(loop, "fail", null, null, callback),
            GetAddrInfoRequest.getaddrinfo(loop, null, "fail", null, callback),
            GetAddrInfoRequest.getaddrinfo(loop, "fail", "fail", null, callback),
            GetAddrInfoRequest.getaddrinfo(loop, "fail", null, AddrHints.NONE, callback)));
    assertThat(seen).hasSize(4).containsOnly("getaddrinfo EAI_CANCELED");
  }

  @Test
  void threadpoolCancelGetnameinfo() {
    saturate();
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    GetNameInfoRequest.Callback callback =
        (request, status, host, service) -> {
          see("getnameinfo", status);
          assertThat(host).isNull();
          assertThat(service).isNull();
          assertThat(request.status()).isEqualTo(status);
          assertThat(request.failure()).isNull();
        };
    List<GetNameInfoRequest> requests = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      requests.add(GetNameInfoRequest.getnameinfo(loop, address, 0, callback));
    }
    cancelAllFromATimer(requests);
    assertThat(seen).hasSize(4).containsOnly("getnameinfo EAI_CANCELED");
  }

  @Test
  void threadpoolCancelRandom() {
    saturate();
    ByteBuffer given = ByteBuffer.allocate(1);
    RandomRequest random =
        RandomRequest.random(
            loop,
            given,
            0,
            (request, status, buffer) -> {
              see("random", status);
              assertThat(buffer).isSameAs(given);
              assertThat(buffer.position()).isZero();
            });
    random.cancel();
    assertThat(seen).isEmpty();
    unblock();
    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly("random ECANCELED");
    assertThat(given.get(0)).isZero();
  }

  @Test
  void threadpoolCancelSingle() {
    saturate();
    WorkRequest request = queueNever("work");
    request.cancel();
    assertThat(seen).isEmpty();
    unblock();
    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly("work ECANCELED");
    assertThat(worked).hasValue(0);
    assertThat(request.failure()).isNull();
  }

  @Test
  void threadpoolCancelWhenBusy() {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    WorkRequest request =
        WorkRequest.queue(
            loop,
            work -> {
              running.countDown();
              mayEnd.await();
            },
            (work, status) -> see("work", status));
    Crew.awaitLatch(running);
    assertBusy(request);
    mayEnd.countDown();
    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly("work");
  }

  @Test
  void whatIsFinishedAndNotDeliveredIsBusy() {
    WorkRequest request = queueAndFinish("work");
    assertBusy(request);
    loop.run();
    assertThat(seen).containsExactly("work");
  }

  @Test
  void whatIsDeliveredIsBusy() {
    WorkRequest request = queue("work");
    loop.run();
    assertBusy(request);
    saturate();
    WorkRequest cancelled = queueNever("cancelled");
    cancelled.cancel();
    unblock();
    loop.run();
    assertBusy(cancelled);
    assertThat(loop.run()).isFalse();
    assertThat(seen).containsExactly("work", "cancelled ECANCELED");
  }

  @Test
  void whatIsBeingDeliveredIsBusy() {
    WorkRequest.queue(
        loop,
        request -> {},
        (request, status) -> {
          assertBusy(request);
          see("work", status);
        });
    loop.run();
    assertThat(seen).containsExactly("work");
  }

  @Test
  void whatWasNeverSubmittedIsBusy() {
    assertBusy(new KindRequest(loop, () -> {}, status -> see("never", status)));
    assertThat(pool.state().threads()).isZero();
  }

  @Test
  void otherTypesOfRequestsCannotBeCancelled() {
    Request write = new Request(loop, RequestType.WRITE) {};
    assertThatThrownBy(write::cancel)
        .isInstanceOfSatisfying(
            UvException.class, e -> assertThat(e.error()).isEqualTo(UvError.EINVAL));
  }

  @Test
  void theCancelledCompleteInTheOrderOfCancellingAndBeforeOlderOnesThatRun() {
    WorkRequest.queue(loop, request -> {}, null);
    saturate();
    WorkRequest a = queueNever("a");
    WorkRequest b = queueNever("b");
    WorkRequest c = queueNever("c");
    c.cancel();
    a.cancel();
    b.cancel();
    loop.run(RunMode.ONCE);
    assertThat(seen).containsExactly("c ECANCELED", "a ECANCELED", "b ECANCELED");
    assertThat(loop.isAlive()).isTrue();
    unblock();
    loop.run();
    assertThat(seen).hasSize(3);
  }

  @Test
  void cancellingAgainMovesToTheEndAndStillDeliversOnce() {
    saturate();
    WorkRequest a = queueNever("a");
    WorkRequest b = queueNever("b");
    WorkRequest c = queueNever("c");
    a.cancel();
    b.cancel();
    c.cancel();
    a.cancel();
    a.cancel();
    unblock();
    loop.run();
    assertThat(seen).containsExactly("b ECANCELED", "c ECANCELED", "a ECANCELED");
    assertThat(worked).hasValue(0);
  }

  @Test
  void cancellingAgainFromACallbackPutsItOffToTheNextPoll() {
    saturate();
    List<WorkRequest> others = new ArrayList<>();
    WorkRequest a =
        WorkRequest.queue(
            loop,
            request -> worked.incrementAndGet(),
            (request, status) -> {
              see("a", status);
              others.get(0).cancel();
            });
    others.add(queueNever("b"));
    WorkRequest c = queueNever("c");
    a.cancel();
    others.get(0).cancel();
    c.cancel();
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("a ECANCELED", "c ECANCELED");
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("a ECANCELED", "c ECANCELED", "b ECANCELED");
    unblock();
    loop.run();
    assertThat(seen).hasSize(3);
  }

  @Test
  void whatIsFinishedAndAboutToBeDeliveredInTheSameBatchIsBusy() {
    List<WorkRequest> later = new ArrayList<>();
    WorkRequest.queue(
        loop,
        request -> {},
        (request, status) -> {
          see("first", status);
          assertBusy(later.get(0));
        });
    awaitIdle();
    later.add(queueAndFinish("second"));
    loop.run(RunMode.NOWAIT);
    assertThat(seen).containsExactly("first", "second");
  }

  @Test
  void aCancelledRequestMayBeSubmittedAgain() {
    saturate();
    KindRequest request =
        KindRequest.submit(
            loop, WorkKind.CPU, worked::incrementAndGet, status -> see("work", status));
    request.cancel();
    loop.run(RunMode.ONCE);
    request.submitAs(WorkKind.SLOW_IO);
    unblock();
    loop.run();
    assertThat(seen).containsExactly("work ECANCELED", "work");
    assertThat(worked).hasValue(1);
  }

  @Test
  void slowWorkCanBeCancelledToo() {
    saturate();
    KindRequest slow =
        KindRequest.submit(
            loop, WorkKind.SLOW_IO, worked::incrementAndGet, status -> see("slow", status));
    slow.cancel();
    assertThat(pool.state().slowQueued()).isZero();
    unblock();
    loop.run();
    assertThat(seen).containsExactly("slow ECANCELED");
    assertThat(worked).hasValue(0);
    // The message that stood for it is still there, and does no harm.
    KindRequest.submit(
        loop, WorkKind.SLOW_IO, worked::incrementAndGet, status -> see("next", status));
    loop.run();
    assertThat(seen).containsExactly("slow ECANCELED", "next");
  }

  @Test
  void onlyTheLoopsThreadMayCancel() {
    saturate();
    WorkRequest request = queue("work");
    try (Crew crew = new Crew()) {
      crew.start(() -> assertThatIllegalStateException().isThrownBy(request::cancel));
    }
    unblock();
    loop.run();
    assertThat(seen).containsExactly("work");
  }

  @Test
  void shuttingTheLoopDownCancelsWhatIsQueued() {
    saturate();
    queueNever("a");
    queueNever("b");
    loop.setObserver(
        new PoolObserver() {
          @Override
          public void workDelivered(Loop of, PoolRequest request, int status, int undelivered) {
            unblock();
          }
        });
    loop.shutdown();
    assertThat(seen).containsExactly("a ECANCELED", "b ECANCELED");
    assertThat(worked).hasValue(0);
  }
}
