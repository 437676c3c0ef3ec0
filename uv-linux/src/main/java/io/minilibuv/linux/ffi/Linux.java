// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

import io.minilibuv.core.UvError;
import java.util.EnumSet;
import java.util.Set;

/** What all providers of this module ask before they offer anything. */
public final class Linux {
  private static final Set<UvError> SHORTAGES =
      EnumSet.of(UvError.EMFILE, UvError.ENFILE, UvError.ENOMEM, UvError.ENOSPC);

  private Linux() {}

  /** Whether this is Linux. */
  public static boolean isHere() {
    return System.getProperty("os.name", "").startsWith("Linux");
  }

  /**
   * Whether it means that there are too many of something for now, and nothing about the system.
   */
  public static boolean isShortage(UvError error) {
    return SHORTAGES.contains(error);
  }
}
