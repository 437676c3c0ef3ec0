// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import java.util.Locale;
import java.util.Set;

/**
 * Where this library goes another way than libuv because that is faster, and nobody can tell. Each
 * can be turned off: the system property {@code minilibuv.shortcuts} lists those that are to be
 * taken, by name and with commas, or is {@code none}. What each is and what it buys is in
 * docs/performance.md.
 */
public final class Shortcuts {
  /** The system property. */
  public static final String PROPERTY = "minilibuv.shortcuts";

  /** {@code wakeup}: who wakes up a loop that is awake makes no system call. */
  public static final boolean WAKEUP = isTaken("wakeup");

  /**
   * {@code poll}: a loop that would not wait, and watches nothing else, does not ask the system.
   */
  public static final boolean POLL = isTaken("poll");

  /** {@code spin}: a loop that is woken again and again looks for a moment before it waits. */
  public static final boolean SPIN =
      isTaken("spin") && Runtime.getRuntime().availableProcessors() > 1;

  private Shortcuts() {}

  private static boolean isTaken(String name) {
    String taken = System.getProperty(PROPERTY);
    return taken == null || Set.of(taken.toLowerCase(Locale.ROOT).split(",", -1)).contains(name);
  }
}
