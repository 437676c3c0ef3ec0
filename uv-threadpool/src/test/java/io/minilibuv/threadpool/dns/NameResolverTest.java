// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The JDK's resolver, as far as it is the same without a network. */
class NameResolverTest {
  private final NameResolver system = NameResolver.system();

  @Test
  void aLoopHasTheSystemsUnlessItIsGivenOne() {
    try (Loop loop = Loop.open()) {
      assertThat(NameResolver.OF_LOOP.of(loop)).isSameAs(system);
    }
  }

  @Test
  void localhostIsTheLoopback() throws UnknownHostException {
    assertThat(system.lookup("localhost")).isNotEmpty().allMatch(InetAddress::isLoopbackAddress);
    assertThat(system.canonicalName("localhost")).isEqualTo("localhost");
  }

  /** Whether it has a name is the machine's business; its text is none. */
  @Test
  void anAddressIsNotItsOwnName() throws UnknownHostException {
    String name = system.reverse(IpAddresses.LOOPBACK_4);
    assertThat(name == null || IpAddresses.parse(name) == null).isTrue();
  }

  @Test
  void theFamiliesAreThoseOfTheInterfaces() {
    Set<ProtocolFamily> families = system.families();
    assertThat(families).isSubsetOf(StandardProtocolFamily.INET, StandardProtocolFamily.INET6);
  }
}
