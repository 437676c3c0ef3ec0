// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.minilibuv.core.Uv.Timeval;
import org.junit.jupiter.api.Test;

/** {@code test/test-gettimeofday.c}. */
class GettimeofdayTest {

  @Test
  void gettimeofday() {
    Timeval time = Uv.gettimeofday();
    assertNotEquals(0, time.seconds());
    assertTrue(time.seconds() > 1_682_500_000L, time::toString);
    assertTrue(time.microseconds() >= 0 && time.microseconds() < 1_000_000, time::toString);
  }
}
