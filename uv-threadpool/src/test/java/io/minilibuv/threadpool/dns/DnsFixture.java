// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.testing.LeakCheck;
import io.minilibuv.threadpool.ThreadPool;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** A loop with a pool and a resolver of its own: nothing leaves the process. */
@ExtendWith(LeakCheck.class)
abstract class DnsFixture {
  final FakeResolver resolver = new FakeResolver();
  final ThreadPool pool = new ThreadPool(4);
  final Loop loop = openLoop(resolver);

  Loop openLoop(NameResolver with) {
    return Loop.open(
        new LoopOptions().with(ThreadPool.OF_LOOP, pool).with(NameResolver.OF_LOOP, with));
  }

  @AfterEach
  void shutDown() {
    loop.shutdown();
    pool.close();
  }

  /** The answers, or the name of the error, as {@code family/socktype/protocol address:port}. */
  List<String> ask(String node, String service, AddrHints hints) {
    List<String> answers = new ArrayList<>();
    GetAddrInfoRequest.getaddrinfo(
        loop,
        node,
        service,
        hints,
        (request, status, addrinfo) -> {
          assertThat(request.status()).isEqualTo(status);
          assertThat(request.addrinfo()).isSameAs(addrinfo);
          assertThat(addrinfo.isEmpty()).isEqualTo(status != 0);
          if (status != 0) {
            answers.add(UvError.errName(status));
          }
          addrinfo.forEach(info -> answers.add(text(info)));
        });
    assertThat(answers).isEmpty();
    assertThat(loop.run()).isFalse();
    return answers;
  }

  /** {@code host service}, or the name of the error. */
  String askName(String address, int port, int flags) {
    List<String> answers = new ArrayList<>();
    GetNameInfoRequest.getnameinfo(
        loop,
        new InetSocketAddress(FakeResolver.address(address), port),
        flags,
        (request, status, host, service) -> {
          assertThat(request.status()).isEqualTo(status);
          if (status != 0) {
            assertThat(host).isNull();
            assertThat(service).isNull();
            assertThat(request.nameinfo()).isNull();
            answers.add(UvError.errName(status));
          } else {
            assertThat(request.nameinfo()).isEqualTo(new NameInfo(host, service));
            answers.add(host + " " + service);
          }
        });
    assertThat(answers).isEmpty();
    assertThat(loop.run()).isFalse();
    assertThat(answers).hasSize(1);
    return answers.get(0);
  }

  static String text(AddrInfo info) {
    InetSocketAddress address = info.address();
    String canonical = info.canonicalName();
    return info.family()
        + "/"
        + info.socktype()
        + "/"
        + info.protocol()
        + " "
        + IpAddresses.format(address.getAddress())
        + ":"
        + address.getPort()
        + (canonical == null ? "" : " " + canonical);
  }

  static void assertThrows(UvError error, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(UvException.class, e -> assertThat(e.error()).isEqualTo(error));
  }
}
