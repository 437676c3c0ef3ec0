// SPDX-License-Identifier: MIT
package io.minilibuv.testing;

/**
 * How long stress tests are: short by default, long if the system property {@code minilibuv.stress}
 * is {@code long}, as with {@code mvn -Pstress verify}.
 */
public final class Stress {
  private Stress() {}

  /** One of two sizes, by what is asked for. */
  public static int size(int inShort, int inLong) {
    return "long".equals(System.getProperty("minilibuv.stress")) ? inLong : inShort;
  }
}
