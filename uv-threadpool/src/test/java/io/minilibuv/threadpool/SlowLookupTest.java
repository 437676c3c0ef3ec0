// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.Request;
import io.minilibuv.core.UvError;
import io.minilibuv.testing.Crew;
import io.minilibuv.threadpool.dns.FakeResolver;
import io.minilibuv.threadpool.dns.GetAddrInfoRequest;
import io.minilibuv.threadpool.dns.GetNameInfoRequest;
import io.minilibuv.threadpool.dns.NameResolver;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Lookups that do not come back: they take half of the pool, and the rest goes on. */
class SlowLookupTest extends PoolFixture {
  private static final int LOOKUPS = 6;

  private final Semaphore mayEnd = new Semaphore(0);
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final List<Request> requests = new ArrayList<>();

  SlowLookupTest() {
    super(4, new LoopOptions().with(NameResolver.OF_LOOP, new FakeResolver()));
  }

  /** Before the fixture, which waits for the workers. */
  @AfterEach
  void letAllEnd() {
    mayEnd.release(LOOKUPS);
  }

  /** Three lookups of each kind, all of which block once a worker has them. */
  private void submitLookups() {
    FakeResolver resolver = (FakeResolver) NameResolver.OF_LOOP.of(loop);
    FakeResolver.Answer slow =
        () -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          mayEnd.acquireUninterruptibly();
          running.decrementAndGet();
          throw UvError.EAI_FAIL.exception("slow");
        };
    resolver.answer("slow", slow);
    resolver.answer("127.0.0.1", slow);
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), 80);
    for (int i = 0; i < LOOKUPS / 2; i++) {
      String number = " " + i;
      requests.add(
          GetAddrInfoRequest.getaddrinfo(
              loop,
              "slow",
              null,
              null,
              (request, status, addrinfo) -> see("host" + number, status)));
      requests.add(
          GetNameInfoRequest.getnameinfo(
              loop, address, 0, (request, status, host, service) -> see("name" + number, status)));
    }
    await(() -> running.get() == 2 && pool.state().idle() == 2);
  }

  @Test
  void twoOfFourWorkersLookUpAndTheOthersWork() {
    submitLookups();
    CountDownLatch worked = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      WorkRequest.queue(loop, request -> worked.countDown(), null);
    }
    Crew.awaitLatch(worked);
    assertThat(running).hasValue(2);
    assertThat(pool.state().slowRunning()).isEqualTo(2);
    assertThat(pool.state().slowQueued()).isEqualTo(LOOKUPS - 2);

    mayEnd.release(LOOKUPS);
    assertThat(loop.run()).isFalse();
    assertThat(most).hasValue(2);
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "host 0 EAI_FAIL",
            "name 0 EAI_FAIL",
            "host 1 EAI_FAIL",
            "name 1 EAI_FAIL",
            "host 2 EAI_FAIL",
            "name 2 EAI_FAIL");
  }

  @Test
  void aLookupThatRunsIsBusyAndOneThatWaitsIsCancelled() {
    submitLookups();
    requests.subList(0, 2).forEach(PoolFixture::assertBusy);
    requests.subList(2, LOOKUPS).forEach(Request::cancel);
    mayEnd.release(LOOKUPS);
    assertThat(loop.run()).isFalse();
    assertThat(seen)
        .containsExactlyInAnyOrder(
            "host 1 EAI_CANCELED",
            "name 1 EAI_CANCELED",
            "host 2 EAI_CANCELED",
            "name 2 EAI_CANCELED",
            "host 0 EAI_FAIL",
            "name 0 EAI_FAIL");
    assertThat(most).hasValue(2);
  }
}
