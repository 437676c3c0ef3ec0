// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What glibc 2.36 makes of these. */
class IpAddressesTest {

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, 127.0.0.1",
    "127.1, 127.0.0.1",
    "0x7f.1, 127.0.0.1",
    "0X7F.0x1, 127.0.0.1",
    "0177.0.0.1, 127.0.0.1",
    "00.2.3.4, 0.2.3.4",
    "2130706433, 127.0.0.1",
    "1.2.3, 1.2.0.3",
    "1.2.256, 1.2.1.0",
    "4294967295, 255.255.255.255",
    "0, 0.0.0.0",
  })
  void v4HasOneToFourParts(String text, String expected) throws UnknownHostException {
    InetAddress address = IpAddresses.parse(text);
    assertThat(address).isInstanceOf(Inet4Address.class);
    assertThat(IpAddresses.format(address)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "1.2.65536",
        "1.256.3",
        "4294967296",
        "99999999999999999999999",
        "1.2.3.4.",
        "1.2.3.4.5",
        "1.2.3.4 ",
        " 1.2.3.4",
        "1.2.3.-4",
        "1.2.3.+4",
        "09.2.3.4",
        "0x.2.3.4",
        "1..2",
        ".",
        "1.2.3.\u0664",
        "[::1]",
        "::g",
        ":",
        ":::",
        ":1",
        "1:",
        "1::2::3",
        "1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7:8:9",
        "1:2:3:4:5:6:7:8::",
        "::1:2:3:4:5:6:7:8",
        "::1.2.3.04",
        "::1.2.3",
        "::1.2.3.256",
        "1.2.3.4::",
        "::1.2.3.4:5",
        "12345::",
        "00001::",
        "localhost",
        "127.0.0.1%1",
      })
  void allElseIsAName(String text) throws UnknownHostException {
    assertThat(IpAddresses.parse(text)).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "::, ::",
    "::1, ::1",
    "0:0:0:0:0:0:0:1, ::1",
    "FE80::A, fe80::a",
    "0001::, 1::",
    "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
    "::2:3:4:5:6:7:8, 0:2:3:4:5:6:7:8",
    "1:0:0:2:0:0:0:3, 1:0:0:2::3",
    "1:0:0:2:3:0:0:4, 1::2:3:0:0:4",
    "1:0:2:3:4:5:6:7, 1:0:2:3:4:5:6:7",
    "::5, ::5",
    "::1:0:5, ::1:0:5",
    "::1.2.3.4, ::1.2.3.4",
    "::1:2, ::0.1.0.2",
    "::ffff:1.2.3.4, ::ffff:1.2.3.4",
    "::ffff:0:1.2.3.4, ::ffff:0:102:304",
    "1:2:3:4:5:6:1.2.3.4, 1:2:3:4:5:6:102:304",
    "::1%1, ::1%1",
    "fe80::1%2147483647, fe80::1%2147483647",
    "fe80::1%0, fe80::1",
  })
  void v6IsStrict(String text, String expected) throws UnknownHostException {
    InetAddress address = IpAddresses.parse(text);
    assertThat(address).isInstanceOf(Inet6Address.class);
    assertThat(IpAddresses.format(address)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fe80::1%", "fe80::1%no-such-if", "fe80::1%2147483648", "::1%-1"})
  void aScopeThatIsNoneIsAnError(String text) {
    assertThatExceptionOfType(UnknownHostException.class)
        .isThrownBy(() -> IpAddresses.parse(text))
        .withMessageContaining("scope");
  }

  /** With whatever interfaces there are: {@code lo}, at least. */
  @Test
  void aLinkLocalAddressMayNameItsInterface() throws Exception {
    List<NetworkInterface> interfaces = NetworkInterface.networkInterfaces().toList();
    assertThat(interfaces).isNotEmpty();
    for (NetworkInterface network : interfaces) {
      String scope = '%' + network.getName();
      for (String local : List.of("fe80::1", "ff02::1")) {
        InetAddress address = IpAddresses.parse(local + scope);
        assertThat(((Inet6Address) address).getScopeId()).isEqualTo(network.getIndex());
        assertThat(IpAddresses.format(address)).isEqualTo(local + scope);
        assertThat(IpAddresses.format(IpAddresses.parse(local + '%' + network.getIndex())))
            .isEqualTo(local + scope);
      }
      assertThatExceptionOfType(UnknownHostException.class)
          .isThrownBy(() -> IpAddresses.parse("::1" + scope));
    }
  }

  @Test
  void mappedAddressesAreIpv6() {
    Inet4Address v4 = (Inet4Address) FakeResolver.address("1.2.3.4");
    InetAddress mapped = IpAddresses.mapped(v4);
    assertThat(mapped).isInstanceOf(Inet6Address.class);
    assertThat(IpAddresses.unmapped((Inet6Address) mapped)).isEqualTo(v4);
    assertThat(IpAddresses.unmapped((Inet6Address) IpAddresses.LOOPBACK_6)).isNull();
  }
}
