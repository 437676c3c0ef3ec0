// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_DGRAM;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_IDN;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_NAMEREQD;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_NOFQDN;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_NUMERICHOST;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_NUMERICSERV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.UvError;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code test/test-getnameinfo.c}, and each flag: as glibc 2.36 does it. */
class GetnameinfoTest extends DnsFixture {
  private static InetSocketAddress socketAddress(String address, int port) {
    return new InetSocketAddress(FakeResolver.address(address), port);
  }

  private void basic(String address) {
    try (Loop own = openLoop(NameResolver.system())) {
      List<String> names = new ArrayList<>();
      GetNameInfoRequest asked =
          GetNameInfoRequest.getnameinfo(
              own,
              socketAddress(address, 80),
              0,
              (request, status, host, service) -> {
                assertThat(status).isZero();
                assertThat(request.failure()).isNull();
                assertThat(request.isActive()).isFalse();
                names.add(host);
                names.add(service);
              });
      assertThat(asked.type()).isEqualTo(RequestType.GETNAMEINFO);
      assertThat(asked.nameinfo()).isNull();
      assertThat(own.run()).isFalse();
      assertThat(names).hasSize(2).doesNotContainNull();
      assertThat(names.get(0)).isNotEmpty();
      assertThat(names.get(1)).isEqualTo("http");
    }
  }

  @Test
  void getnameinfoBasicIp4() {
    basic("127.0.0.1");
  }

  @Test
  void getnameinfoBasicIp4Sync() {
    NameInfo names = GetNameInfoRequest.getnameinfo(socketAddress("127.0.0.1", 80), 0);
    assertThat(names.host()).isNotEmpty();
    assertThat(names.service()).isEqualTo("http");
  }

  @Test
  void getnameinfoBasicIp6() {
    basic("::1");
  }

  @Test
  void aNameIsAskedForUnlessTheAddressIsWanted() {
    resolver.name("10.0.0.1", "host.example");
    assertThat(askName("10.0.0.1", 80, 0)).isEqualTo("host.example http");
    assertThat(askName("10.0.0.1", 80, NI_NUMERICSERV)).isEqualTo("host.example 80");
    assertThat(resolver.asked).hasSize(2);
    assertThat(askName("10.0.0.1", 80, NI_NUMERICHOST)).isEqualTo("10.0.0.1 http");
    assertThat(askName("fe80::1%77", 80, NI_NUMERICHOST)).isEqualTo("fe80::1%77 http");
    assertThat(resolver.asked).hasSize(2);
  }

  @Test
  void withoutANameTheAddressIsTold() {
    assertThat(askName("10.0.0.1", 80, 0)).isEqualTo("10.0.0.1 http");
    assertThat(askName("fd00::1", 80, 0)).isEqualTo("fd00::1 http");
  }

  @Test
  void aNameCanBeRequired() {
    resolver.name("10.0.0.1", "host.example");
    assertThat(askName("10.0.0.1", 80, NI_NAMEREQD)).isEqualTo("host.example http");
    assertThat(askName("10.0.0.2", 80, NI_NAMEREQD)).isEqualTo("EAI_NONAME");
    assertThat(askName("10.0.0.1", 80, NI_NAMEREQD | NI_NUMERICHOST)).isEqualTo("EAI_NONAME");
    assertThat(askName("10.0.0.1", 64999, NI_NAMEREQD)).isEqualTo("host.example 64999");
  }

  @Test
  void theServiceIsOneOfTcpOrOfUdp() {
    assertThat(askName("10.0.0.1", 69, NI_DGRAM)).isEqualTo("10.0.0.1 tftp");
    assertThat(askName("10.0.0.1", 25, 0)).isEqualTo("10.0.0.1 smtp");
    assertThat(askName("10.0.0.1", 0, 0)).isEqualTo("10.0.0.1 0");
    assertThat(askName("10.0.0.1", 22, NI_DGRAM | NI_NUMERICSERV)).isEqualTo("10.0.0.1 22");
  }

  @Test
  void theOwnDomainIsLeftOut() {
    resolver.name("10.0.0.1", "host.example");
    resolver.name("10.0.0.2", "host.an-example");
    resolver.name("10.0.0.3", "example");
    assertThat(askName("10.0.0.1", 80, NI_NOFQDN)).isEqualTo("host.example http");
    resolver.liveIn("example");
    assertThat(askName("10.0.0.1", 80, NI_NOFQDN)).isEqualTo("host http");
    assertThat(askName("10.0.0.2", 80, NI_NOFQDN)).isEqualTo("host.an-example http");
    assertThat(askName("10.0.0.3", 80, NI_NOFQDN)).isEqualTo("example http");
    assertThat(askName("10.0.0.4", 80, NI_NOFQDN)).isEqualTo("10.0.0.4 http");
    assertThat(askName("10.0.0.1", 80, 0)).isEqualTo("host.example http");
  }

  @Test
  void aNameCanBeDecoded() {
    resolver.name("10.0.0.1", "xn--mnchen-3ya.example");
    assertThat(askName("10.0.0.1", 80, 0)).isEqualTo("xn--mnchen-3ya.example http");
    assertThat(askName("10.0.0.1", 80, NI_IDN)).isEqualTo("m\u00fcnchen.example http");
  }

  @Test
  void flagsThatAreNoneAreRefused() {
    for (int bit = 0; bit < 32; bit++) {
      String expected = bit < 8 ? "10.0.0.1 64999" : "EAI_BADFLAGS";
      int flag = 1 << bit;
      assertThat(askName("10.0.0.1", 64999, flag))
          .as("bit %d", bit)
          .isEqualTo(flag == NI_NAMEREQD ? "EAI_NONAME" : expected);
    }
  }

  @Test
  void onlyAFailureThatMayPassIsOne() {
    resolver.answer(
        "10.0.0.1",
        () -> {
          throw new UnknownHostException("10.0.0.1: Temporary failure in name resolution");
        });
    resolver.answer(
        "10.0.0.2",
        () -> {
          throw new UnknownHostException("10.0.0.2: Name or service not known");
        });
    assertThat(askName("10.0.0.1", 80, 0)).isEqualTo("EAI_AGAIN");
    assertThat(askName("10.0.0.2", 80, 0)).isEqualTo("10.0.0.2 http");
    assertThat(askName("10.0.0.2", 80, NI_NAMEREQD)).isEqualTo("EAI_NONAME");
  }

  @Test
  void whatAResolverShouldNotThrowIsCarried() {
    Error thrown = new LinkageError("broken");
    resolver.answer(
        "10.0.0.1",
        () -> {
          throw thrown;
        });
    List<Throwable> failures = new ArrayList<>();
    GetNameInfoRequest.getnameinfo(
        loop,
        socketAddress("10.0.0.1", 80),
        0,
        (request, status, host, service) -> {
          assertThat(status).isEqualTo(UvError.UNKNOWN.code());
          assertThat(host).isNull();
          failures.add(request.failure());
        });
    loop.run();
    assertThat(failures).containsExactly(thrown);
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    InetSocketAddress unresolved = InetSocketAddress.createUnresolved("host", 80);
    assertThrows(
        UvError.EINVAL,
        () ->
            GetNameInfoRequest.getnameinfo(
                loop,
                unresolved,
                0,
                (request, status, host, service) -> {
                  throw new AssertionError(request);
                }));
    assertThrows(UvError.EINVAL, () -> GetNameInfoRequest.getnameinfo(unresolved, 0));
    InetSocketAddress good = socketAddress("10.0.0.1", 80);
    assertThatNullPointerException()
        .isThrownBy(() -> GetNameInfoRequest.getnameinfo(loop, good, 0, null));
    assertThat(loop.isAlive()).isFalse();
  }
}
