// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

import java.lang.foreign.ValueLayout;

/** What all providers of this module ask before they offer anything. */
public final class Linux {
  private Linux() {}

  /** Whether this is Linux, of 64 bits: all sizes of C are taken to be such. */
  public static boolean isHere() {
    return System.getProperty("os.name", "").startsWith("Linux")
        && ValueLayout.ADDRESS.byteSize() == Long.BYTES;
  }
}
