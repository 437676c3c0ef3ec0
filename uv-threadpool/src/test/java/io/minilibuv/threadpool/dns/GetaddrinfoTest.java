// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static io.minilibuv.threadpool.dns.AddrHints.AF_INET;
import static io.minilibuv.threadpool.dns.AddrHints.AI_NUMERICHOST;
import static io.minilibuv.threadpool.dns.AddrHints.NONE;
import static io.minilibuv.threadpool.dns.AddrHints.SOCK_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RequestType;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** {@code test/test-getaddrinfo.c}, and what becomes of what a resolver throws. */
class GetaddrinfoTest extends DnsFixture {
  private static final AddrHints STREAM = NONE.withSocktype(SOCK_STREAM);

  private int called;

  private void never(GetAddrInfoRequest request, int status, List<AddrInfo> addrinfo) {
    throw new AssertionError(request + " has called back with " + status);
  }

  @Test
  void getaddrinfoFail() {
    assertThrows(
        UvError.EINVAL, () -> GetAddrInfoRequest.getaddrinfo(loop, null, null, null, this::never));
    assertThat(loop.isAlive()).isFalse();

    GetAddrInfoRequest.getaddrinfo(
        loop,
        "example.invalid.",
        null,
        null,
        (request, status, addrinfo) -> {
          called++;
          assertThat(status).isEqualTo(UvError.EAI_NONAME.code());
          assertThat(addrinfo).isEmpty();
          assertThat(request.failure())
              .isInstanceOf(UvException.class)
              .hasMessageContaining("uv_getaddrinfo 'example.invalid.'")
              .hasCauseInstanceOf(UnknownHostException.class);
        });
    assertThat(loop.run()).isFalse();
    assertThat(called).isEqualTo(1);
    assertThat(resolver.asked).containsExactly("example.invalid.");
  }

  /** The call that both forms make, with a resolver that does not ask the network. */
  @Test
  void getaddrinfoFailSync() {
    AddrInfoCall call = AddrInfoCall.of("example.invalid.", null, null);
    assertThrows(UvError.EAI_NONAME, () -> call.run(resolver));
    assertThrows(
        UvError.EAI_NONAME,
        () ->
            GetAddrInfoRequest.getaddrinfo(
                "example.invalid.", null, NONE.withFlags(AI_NUMERICHOST)));
    assertThrows(UvError.EINVAL, () -> GetAddrInfoRequest.getaddrinfo(null, null, null));
  }

  @Test
  void getaddrinfoBasic() {
    try (Loop own = openLoop(NameResolver.system())) {
      List<GetAddrInfoRequest> answered = new ArrayList<>();
      GetAddrInfoRequest asked =
          GetAddrInfoRequest.getaddrinfo(
              own,
              "localhost",
              null,
              null,
              (request, status, addrinfo) -> {
                assertThat(status).isZero();
                assertThat(request.failure()).isNull();
                assertThat(request.isActive()).isFalse();
                assertLoopback(addrinfo);
                answered.add(request);
              });
      assertThat(asked.type()).isEqualTo(RequestType.GETADDRINFO);
      assertThat(asked.isActive()).isTrue();
      assertThat(own.run()).isFalse();
      assertThat(answered).containsExactly(asked);
    }
  }

  @Test
  void getaddrinfoBasicSync() {
    assertLoopback(GetAddrInfoRequest.getaddrinfo("localhost", null, null));
  }

  private static void assertLoopback(List<AddrInfo> addrinfo) {
    assertThat(addrinfo)
        .allMatch(info -> info.address().getAddress().isLoopbackAddress())
        .allMatch(info -> info.address().getPort() == 0);
    assertThat(addrinfo.subList(0, 3))
        .extracting(AddrInfo::socktype)
        .containsExactly(AddrHints.SOCK_STREAM, AddrHints.SOCK_DGRAM, AddrHints.SOCK_RAW);
    assertThatExceptionOfType(UnsupportedOperationException.class)
        .isThrownBy(() -> addrinfo.remove(0));
  }

  @Test
  void getaddrinfoConcurrent() {
    Map<Integer, Integer> calls = new TreeMap<>();
    try (Loop own = openLoop(NameResolver.system())) {
      for (int i = 0; i < 10; i++) {
        GetAddrInfoRequest.getaddrinfo(
                own,
                "localhost",
                null,
                null,
                (request, status, addrinfo) ->
                    calls.merge((Integer) request.data(), 1, Integer::sum))
            .setData(i);
      }
      assertThat(own.run()).isFalse();
    }
    assertThat(calls).hasSize(10).containsKeys(0, 9).allSatisfy((i, n) -> assertThat(n).isOne());
  }

  @Test
  void theAnswersComeInTheResolversOrder() {
    resolver.know("many", "10.0.0.2", "fd00::1", "10.0.0.1");
    assertThat(ask("many", "80", STREAM))
        .containsExactly("2/1/6 10.0.0.2:80", "10/1/6 fd00::1:80", "2/1/6 10.0.0.1:80");
    assertThat(ask("many", null, NONE.withFamily(AF_INET)))
        .containsExactly(
            "2/1/6 10.0.0.2:0",
            "2/2/17 10.0.0.2:0",
            "2/3/0 10.0.0.2:0",
            "2/1/6 10.0.0.1:0",
            "2/2/17 10.0.0.1:0",
            "2/3/0 10.0.0.1:0");
  }

  @Test
  void aServiceIsFoundByItsName() {
    assertThat(ask("127.0.0.1", "http", STREAM)).containsExactly("2/1/6 127.0.0.1:80");
    assertThat(ask("127.0.0.1", "fail", null)).containsExactly("EAI_SERVICE");
    assertThat(ask(null, "fail", null)).containsExactly("EAI_SERVICE");
    // The service comes first, and nobody is asked for the host.
    assertThat(ask("host", "fail", null)).containsExactly("EAI_SERVICE");
    assertThat(resolver.asked).isEmpty();
  }

  @Test
  void theNodeIsEncoded() {
    resolver.know("xn--mnchen-3ya.example", "10.0.0.1");
    assertThat(ask("m\u00fcnchen\u3002example", "1", STREAM)).containsExactly("2/1/6 10.0.0.1:1");
    assertThat(ask("127\uff0e0.0.1", "1", STREAM)).containsExactly("2/1/6 127.0.0.1:1");
  }

  @Test
  void whatIsWrongWithTheArgumentsIsToldAtOnce() {
    for (String node : List.of("", "a\0b", "\ud800", "x".repeat(256))) {
      assertThrows(
          UvError.EINVAL,
          () -> GetAddrInfoRequest.getaddrinfo(loop, node, "80", null, this::never));
    }
    assertThrows(
        UvError.EINVAL,
        () -> GetAddrInfoRequest.getaddrinfo(loop, "a", "8\0000", null, this::never));
    assertThatNullPointerException()
        .isThrownBy(() -> GetAddrInfoRequest.getaddrinfo(loop, "a", null, null, null));
    assertThat(loop.isAlive()).isFalse();
    assertThat(ask("x".repeat(255), null, null)).containsExactly("EAI_NONAME");
  }

  @Test
  void aStarIsNone() {
    assertThat(ask("*", "80", STREAM)).isEqualTo(ask(null, "80", STREAM));
    assertThat(ask("*", "*", null)).containsExactly("EAI_NONAME");
    assertThat(ask(null, "*", null)).containsExactly("EAI_NONAME");
    assertThat(ask("*", "", STREAM)).containsExactly("10/1/6 ::1:0", "2/1/6 127.0.0.1:0");
  }

  @Test
  void theMessageOfTheSystemTellsTheError() {
    Map<String, String> errors =
        Map.of(
            "h: Temporary failure in name resolution", "EAI_AGAIN",
            "h: Non-recoverable failure in name resolution", "EAI_FAIL",
            "h: No address associated with hostname", "EAI_NODATA",
            "h: Name or service not known", "EAI_NONAME",
            "h: nodename nor servname provided, or not known", "EAI_NONAME",
            "h: Try again", "EAI_AGAIN",
            "h: Name does not resolve", "EAI_NONAME",
            "No such host is known (h)", "EAI_NONAME",
            "h", "EAI_NONAME",
            "h: Der Name oder der Dienst ist nicht bekannt", "EAI_NONAME");
    errors.forEach(
        (message, error) -> {
          resolver.answer(
              "h",
              () -> {
                throw new UnknownHostException(message);
              });
          assertThat(ask("h", null, null)).as(message).containsExactly(error);
        });
    resolver.answer(
        "h",
        () -> {
          throw new UnknownHostException();
        });
    assertThat(ask("h", null, null)).containsExactly("EAI_NONAME");
  }

  @Test
  void aResolverMayThrowTheCodeItself() {
    UvException thrown = UvError.EAI_PROTOCOL.exception("mine");
    resolver.answer(
        "h",
        () -> {
          throw thrown;
        });
    assertFails("h", "EAI_PROTOCOL", thrown);
  }

  @Test
  void whatAResolverShouldNotThrowIsCarried() {
    IllegalStateException exception = new IllegalStateException("broken");
    resolver.answer(
        "exception",
        () -> {
          throw exception;
        });
    assertFails("exception", "UNKNOWN", exception);
    LinkageError error = new LinkageError("broken");
    resolver.answer(
        "error",
        () -> {
          throw error;
        });
    assertFails("error", "UNKNOWN", error);
    assertThatThrownBy(() -> AddrInfoCall.of("error", null, null).run(resolver)).isSameAs(error);
  }

  private void assertFails(String node, String error, Throwable failure) {
    called = 0;
    GetAddrInfoRequest.getaddrinfo(
        loop,
        node,
        null,
        null,
        (request, status, addrinfo) -> {
          called++;
          assertThat(UvError.errName(status)).isEqualTo(error);
          assertThat(request.failure()).isSameAs(failure);
          assertThat(addrinfo).isEmpty();
        });
    loop.run();
    assertThat(called).isEqualTo(1);
  }
}
