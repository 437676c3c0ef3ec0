// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

/** What all providers of this module ask before they offer anything. */
public final class Linux {
  private Linux() {}

  /** Whether this is Linux. */
  public static boolean isHere() {
    return System.getProperty("os.name", "").startsWith("Linux");
  }
}
