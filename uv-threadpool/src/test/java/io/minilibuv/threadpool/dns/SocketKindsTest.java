// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static io.minilibuv.threadpool.dns.AddrHints.AI_NUMERICSERV;
import static io.minilibuv.threadpool.dns.AddrHints.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvException;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What glibc 2.36 answers to each of these, with these services. */
class SocketKindsTest {
  private static final Services TABLE =
      Services.parse(
          List.of(
              "http 80/tcp www", "domain 53/tcp", "domain 53/udp", "tftp 69/udp", "odd 7/sctp"));

  private static String ask(AddrHints hints, String service) {
    try {
      return SocketKinds.of(hints, service, () -> TABLE, "test").stream()
          .map(end -> end.socktype() + "/" + end.protocol() + ":" + end.port())
          .collect(Collectors.joining(" "));
    } catch (UvException e) {
      return e.error().name();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1/6:0 2/17:0 3/0:0",
    "1, 0, 1/6:0",
    "2, 0, 2/17:0",
    "3, 0, 3/0:0",
    "3, 6, 3/6:0",
    "3, 99, 3/99:0",
    "0, 6, 1/6:0",
    "0, 17, 2/17:0",
    "0, 1, 3/1:0",
    "0, 132, 1/132:0",
    "0, 136, 2/136:0",
    "0, 99, 3/99:0",
    "5, 0, 5/132:0",
    "6, 0, 6/33:0",
    "1, 17, EAI_SOCKTYPE",
    "2, 6, EAI_SOCKTYPE",
    "4, 0, EAI_SOCKTYPE",
    "10, 0, EAI_SOCKTYPE",
  })
  void hintsNameAKind(int socktype, int protocol, String expected) {
    AddrHints hints = NONE.withSocktype(socktype).withProtocol(protocol);
    assertThat(ask(hints, null)).isEqualTo(expected);
    assertThat(ask(hints, "")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http, 0, 0, 1/6:80",
    "www, 0, 0, 1/6:80",
    "domain, 0, 0, 1/6:53 2/17:53",
    "tftp, 0, 0, 2/17:69",
    "odd, 0, 0, 1/132:7 5/132:7",
    "http, 2, 0, EAI_SERVICE",
    "tftp, 1, 0, EAI_SERVICE",
    "tftp, 3, 0, EAI_SERVICE",
    "53, 3, 0, EAI_SERVICE",
    "http, 0, 17, EAI_SERVICE",
    "domain, 0, 17, 2/17:53",
    "HTTP, 1, 0, EAI_SERVICE",
    "fail, 0, 0, EAI_SERVICE",
  })
  void aServiceNamesAPort(String service, int socktype, int protocol, String expected) {
    AddrHints hints = NONE.withSocktype(socktype).withProtocol(protocol);
    assertThat(ask(hints, service)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "80,1/6:80",
        "080,1/6:80",
        " 80,1/6:80",
        "\t80,1/6:80",
        "+80,1/6:80",
        "0,1/6:0",
        "65535,1/6:65535",
        "65536,1/6:0",
        "65617,1/6:81",
        "4294967376,1/6:80",
        "-4294967216,1/6:80",
        "-1,EAI_SERVICE",
        "-80,EAI_SERVICE",
        "2147483648,EAI_SERVICE",
        "99999999999999999999,EAI_SERVICE",
        "80x,EAI_SERVICE",
        "80 ,EAI_SERVICE",
        "0x50,EAI_SERVICE",
      })
  void aNumberIsReadAsInC(String service, String expected) {
    assertThat(ask(NONE.withSocktype(1), service)).isEqualTo(expected);
  }

  @Test
  void blanksAreNoNumber() {
    assertThat(ask(NONE, " ")).isEqualTo("EAI_SERVICE");
    assertThat(ask(NONE, "+")).isEqualTo("EAI_SERVICE");
  }

  @Test
  void numericservRefusesNames() {
    AddrHints hints = NONE.withFlags(AI_NUMERICSERV);
    assertThat(ask(hints, "80")).isEqualTo("1/6:80 2/17:80 3/0:80");
    assertThat(ask(hints, "4294967376")).isEqualTo("1/6:80 2/17:80 3/0:80");
    assertThat(ask(hints, "")).isEqualTo("1/6:0 2/17:0 3/0:0");
    assertThat(ask(hints, "http")).isEqualTo("EAI_NONAME");
    assertThat(ask(hints, "80x")).isEqualTo("EAI_NONAME");
    assertThat(ask(hints, "99999999999999999999")).isEqualTo("EAI_SERVICE");
  }
}
