// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static io.minilibuv.threadpool.dns.AddrHints.AF_INET;
import static io.minilibuv.threadpool.dns.AddrHints.AF_INET6;
import static io.minilibuv.threadpool.dns.AddrHints.AI_ADDRCONFIG;
import static io.minilibuv.threadpool.dns.AddrHints.AI_ALL;
import static io.minilibuv.threadpool.dns.AddrHints.AI_CANONIDN;
import static io.minilibuv.threadpool.dns.AddrHints.AI_CANONNAME;
import static io.minilibuv.threadpool.dns.AddrHints.AI_IDN;
import static io.minilibuv.threadpool.dns.AddrHints.AI_NUMERICHOST;
import static io.minilibuv.threadpool.dns.AddrHints.AI_NUMERICSERV;
import static io.minilibuv.threadpool.dns.AddrHints.AI_PASSIVE;
import static io.minilibuv.threadpool.dns.AddrHints.AI_V4MAPPED;
import static io.minilibuv.threadpool.dns.AddrHints.NONE;
import static java.net.StandardProtocolFamily.INET;
import static java.net.StandardProtocolFamily.INET6;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each flag, each family, and which of several errors is told: as glibc 2.36 does it. */
class AddrHintsTest extends DnsFixture {
  private static final AddrHints STREAM = NONE.withSocktype(AddrHints.SOCK_STREAM);

  private static AddrHints stream(int flags) {
    return STREAM.withFlags(flags);
  }

  private static AddrHints stream(int flags, int family) {
    return STREAM.withFlags(flags).withFamily(family);
  }

  @Test
  void withoutANodeTheAddressIsTheLoopback() {
    assertThat(ask(null, "80", null))
        .containsExactly(
            "10/1/6 ::1:80",
            "10/2/17 ::1:80",
            "10/3/0 ::1:80",
            "2/1/6 127.0.0.1:80",
            "2/2/17 127.0.0.1:80",
            "2/3/0 127.0.0.1:80");
    assertThat(ask(null, "80", stream(0, AF_INET))).containsExactly("2/1/6 127.0.0.1:80");
    assertThat(ask(null, "80", stream(0, AF_INET6))).containsExactly("10/1/6 ::1:80");
  }

  @Test
  void passiveMakesItTheWildcard() {
    assertThat(ask(null, "80", stream(AI_PASSIVE)))
        .containsExactly("2/1/6 0.0.0.0:80", "10/1/6 :::80");
    assertThat(ask(null, "80", stream(AI_PASSIVE, AF_INET6))).containsExactly("10/1/6 :::80");
    assertThat(ask("127.0.0.1", "80", stream(AI_PASSIVE))).containsExactly("2/1/6 127.0.0.1:80");
  }

  @Test
  void theCanonicalNameIsInTheFirstAnswerOnly() {
    resolver.know("host", "10.0.0.1", "10.0.0.2");
    AddrHints hints = stream(AI_CANONNAME);
    assertThat(ask("host", null, hints))
        .containsExactly("2/1/6 10.0.0.1:0 host", "2/1/6 10.0.0.2:0");
    assertThat(ask("127.1", null, hints)).containsExactly("2/1/6 127.0.0.1:0 127.1");
    assertThat(ask("::1", null, hints)).containsExactly("10/1/6 ::1:0 ::1");
    assertThat(ask(null, "80", hints)).containsExactly("EAI_BADFLAGS");
  }

  @Test
  void theResolverTellsTheCanonicalName() {
    NameResolver knowing =
        new NameResolver() {
          @Override
          public List<InetAddress> lookup(String host) {
            return List.of(IpAddresses.LOOPBACK_4);
          }

          @Override
          public String reverse(InetAddress address) {
            return null;
          }

          @Override
          public String canonicalName(String host) {
            return "xn--mnchen-3ya." + host;
          }
        };
    AddrInfo plain = AddrInfoCall.of("a", null, stream(AI_CANONNAME)).run(knowing).get(0);
    assertThat(plain.canonicalName()).isEqualTo("xn--mnchen-3ya.a");
    AddrInfo decoded =
        AddrInfoCall.of("a", null, stream(AI_CANONNAME | AI_CANONIDN)).run(knowing).get(0);
    assertThat(decoded.canonicalName()).isEqualTo("m\u00fcnchen.a");
  }

  @Test
  void aNumericHostIsNeverAskedFor() {
    assertThat(ask("host", "80", stream(AI_NUMERICHOST))).containsExactly("EAI_NONAME");
    assertThat(ask("127.0.0.1", "80", stream(AI_NUMERICHOST)))
        .containsExactly("2/1/6 127.0.0.1:80");
    assertThat(ask("127.0.0.1", "80", STREAM)).containsExactly("2/1/6 127.0.0.1:80");
    assertThat(ask("fe80::1%5", "80", STREAM)).containsExactly("10/1/6 fe80::1%5:80");
    assertThat(ask("fe80::1%no-such-if", "80", STREAM)).containsExactly("EAI_NONAME");
    assertThat(resolver.asked).isEmpty();
  }

  @Test
  void aNumericHostOfTheOtherFamilyIsRefused() {
    assertThat(ask("127.0.0.1", "80", stream(0, AF_INET6))).containsExactly("EAI_ADDRFAMILY");
    assertThat(ask("::1", "80", stream(0, AF_INET))).containsExactly("EAI_ADDRFAMILY");
    assertThat(ask("::1.2.3.4", "80", stream(0, AF_INET))).containsExactly("EAI_ADDRFAMILY");
    assertThat(ask("127.0.0.1", "80", stream(AI_V4MAPPED, AF_INET6)))
        .containsExactly("10/1/6 ::ffff:127.0.0.1:80");
    assertThat(ask("::ffff:1.2.3.4", "80", stream(0, AF_INET))).containsExactly("2/1/6 1.2.3.4:80");
    assertThat(ask("::ffff:1.2.3.4", "80", STREAM)).containsExactly("10/1/6 ::ffff:1.2.3.4:80");
  }

  @Test
  void aNameWithoutAddressesOfTheFamilyHasNoData() {
    resolver.know("four", "10.0.0.1");
    resolver.know("six", "fd00::1");
    resolver.know("none");
    assertThat(ask("four", "80", stream(0, AF_INET6))).containsExactly("EAI_NODATA");
    assertThat(ask("six", "80", stream(AI_V4MAPPED, AF_INET))).containsExactly("EAI_NODATA");
    assertThat(ask("none", "80", STREAM)).containsExactly("EAI_NODATA");
  }

  @Test
  void mappedAddressesStandInForMissingOnes() {
    resolver.know("four", "10.0.0.1");
    resolver.know("both", "10.0.0.1", "fd00::1");
    assertThat(ask("four", "80", stream(AI_V4MAPPED, AF_INET6)))
        .containsExactly("10/1/6 ::ffff:10.0.0.1:80");
    assertThat(ask("both", "80", stream(AI_V4MAPPED, AF_INET6)))
        .containsExactly("10/1/6 fd00::1:80");
    assertThat(ask("both", "80", stream(AI_V4MAPPED | AI_ALL, AF_INET6)))
        .containsExactly("10/1/6 fd00::1:80", "10/1/6 ::ffff:10.0.0.1:80");
    assertThat(ask("both", "80", stream(AI_ALL, AF_INET6))).containsExactly("10/1/6 fd00::1:80");
    assertThat(ask("both", "80", stream(AI_V4MAPPED | AI_ALL)))
        .containsExactly("2/1/6 10.0.0.1:80", "10/1/6 fd00::1:80");
  }

  @Test
  void addrconfigLeavesOutWhatTheMachineHasNot() {
    resolver.know("both", "10.0.0.1", "fd00::1");
    resolver.have(INET);
    assertThat(ask("both", "80", stream(AI_ADDRCONFIG))).containsExactly("2/1/6 10.0.0.1:80");
    assertThat(ask("both", "80", STREAM)).hasSize(2);
    assertThat(ask(null, "80", stream(AI_ADDRCONFIG | AI_PASSIVE)))
        .containsExactly("2/1/6 0.0.0.0:80");
    assertThat(ask("both", "80", stream(AI_ADDRCONFIG, AF_INET6))).containsExactly("EAI_NONAME");
    assertThat(ask("both", "80", stream(AI_ADDRCONFIG, AF_INET)))
        .containsExactly("2/1/6 10.0.0.1:80");
    resolver.have(INET6);
    assertThat(ask("both", "80", stream(AI_ADDRCONFIG))).containsExactly("10/1/6 fd00::1:80");
    assertThat(ask("both", "80", stream(AI_ADDRCONFIG, AF_INET))).containsExactly("EAI_NONAME");
  }

  /** It cannot be that nothing is to be found: the loopback addresses are there. */
  @Test
  void addrconfigOnAMachineWithNothingLeavesOutNothing() {
    resolver.have();
    assertThat(ask("127.0.0.1", "80", stream(AI_ADDRCONFIG))).hasSize(1);
    assertThat(ask(null, "80", stream(AI_ADDRCONFIG))).hasSize(2);
    assertThat(ask("127.0.0.1", "80", stream(AI_ADDRCONFIG, AF_INET)))
        .containsExactly("EAI_NONAME");
  }

  /** Which is why {@code ::1} is refused where there is IPv4 only, and no hints. */
  @Test
  void noHintsAreV4mappedAndAddrconfig() {
    resolver.know("four", "10.0.0.1");
    resolver.have(INET);
    assertThat(ask("::1", "80", null)).containsExactly("EAI_ADDRFAMILY");
    assertThat(ask("::1", "80", NONE)).hasSize(3);
    resolver.have(INET6);
    assertThat(ask("127.0.0.1", "80", null).get(0)).isEqualTo("10/1/6 ::ffff:127.0.0.1:80");
    assertThat(ask("four", "80", null).get(0)).isEqualTo("10/1/6 ::ffff:10.0.0.1:80");
    assertThat(ask("127.0.0.1", "80", stream(AI_ADDRCONFIG))).containsExactly("EAI_ADDRFAMILY");
  }

  @Test
  void flagsThatAreNoneAreRefused() {
    for (int bit = 0; bit < 32; bit++) {
      boolean known = bit <= 10;
      assertThat(ask("127.0.0.1", "80", stream(1 << bit)).get(0).equals("EAI_BADFLAGS"))
          .as("bit %d", bit)
          .isEqualTo(!known);
    }
    assertThat(List.of(AI_IDN, AI_NUMERICSERV)).containsExactly(1 << 6, 1 << 10);
  }

  @Test
  void familiesThatAreNoneAreRefused() {
    for (int family : new int[] {-1, 1, 3, 99}) {
      assertThat(ask("127.0.0.1", "80", stream(0, family))).containsExactly("EAI_FAMILY");
    }
  }

  @Test
  void theFirstErrorIsToldInGlibcsOrder() {
    AddrHints all = new AddrHints(0x4000, 99, 77, 0);
    assertThat(ask("host", "fail", all)).containsExactly("EAI_BADFLAGS");
    assertThat(ask(null, "fail", all.withFlags(AI_CANONNAME))).containsExactly("EAI_BADFLAGS");
    assertThat(ask("*", "*", all)).containsExactly("EAI_NONAME");
    AddrHints noFlags = all.withFlags(AI_NUMERICHOST);
    assertThat(ask("host", "fail", noFlags)).containsExactly("EAI_FAMILY");
    resolver.have(INET);
    assertThat(ask("::1", "fail", stream(AI_ADDRCONFIG, AF_INET6))).containsExactly("EAI_NONAME");
    AddrHints noFamily = noFlags.withFamily(0);
    assertThat(ask("host", "fail", noFamily)).containsExactly("EAI_SOCKTYPE");
    assertThat(ask("host", "fail", noFamily.withFlags(AI_NUMERICSERV)))
        .containsExactly("EAI_NONAME");
    assertThat(ask("host", "fail", stream(AI_NUMERICHOST))).containsExactly("EAI_SERVICE");
    assertThat(ask("127.0.0.1", "fail", stream(0, AF_INET6))).containsExactly("EAI_SERVICE");
    assertThat(resolver.asked).isEmpty();
  }
}
