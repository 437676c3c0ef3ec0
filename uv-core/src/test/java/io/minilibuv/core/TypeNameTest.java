// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static java.util.stream.Collectors.joining;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The type names of {@code test/test-getters-setters.c}. */
class TypeNameTest {

  @Test
  void handleTypeName() {
    assertEquals("pipe", HandleType.NAMED_PIPE.typeName());
    assertEquals("udp", HandleType.UDP.typeName());
    assertEquals("file", HandleType.FILE.typeName());
    assertEquals("pipe", HandleType.typeName(7));
    assertNull(HandleType.typeName(HandleType.TYPE_MAX));
    assertNull(HandleType.typeName(HandleType.TYPE_MAX + 1));
    assertNull(HandleType.typeName(-1));
    assertNull(HandleType.UNKNOWN.typeName());
    assertNull(HandleType.typeName(0));
  }

  @Test
  void reqTypeName() {
    assertEquals("req", RequestType.REQ.typeName());
    assertEquals("udp_send", RequestType.UDP_SEND.typeName());
    assertEquals("work", RequestType.WORK.typeName());
    assertEquals("work", RequestType.typeName(7));
    assertNull(RequestType.typeName(RequestType.TYPE_MAX));
    assertNull(RequestType.typeName(RequestType.TYPE_MAX + 1));
    assertNull(RequestType.typeName(-1));
    assertNull(RequestType.UNKNOWN.typeName());
    assertNull(RequestType.typeName(0));
  }

  @Test
  void handleTypesHaveTheNumbersOfC() {
    assertEquals(
        "async check fs_event fs_poll handle idle pipe poll prepare process stream tcp timer tty"
            + " udp signal file",
        IntStream.range(1, HandleType.TYPE_MAX)
            .mapToObj(HandleType::typeName)
            .collect(joining(" ")));
  }

  @Test
  void requestTypesHaveTheNumbersOfC() {
    assertEquals(
        "req connect write shutdown udp_send fs work getaddrinfo getnameinfo random",
        IntStream.range(1, RequestType.TYPE_MAX)
            .mapToObj(RequestType::typeName)
            .collect(joining(" ")));
  }
}
