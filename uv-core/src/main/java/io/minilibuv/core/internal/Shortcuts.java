// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where this library goes another way than libuv because that is faster, and nobody can tell. Each
 * can be turned off: the system property {@code minilibuv.shortcuts} lists those that are to be
 * taken, by name and with commas, or is {@code none}. What each is and what it buys is in
 * docs/performance.md.
 */
public final class Shortcuts {
  /** The system property. */
  public static final String PROPERTY = "minilibuv.shortcuts";

  private static final Logger log = LoggerFactory.getLogger(Shortcuts.class);

  private static final Set<String> ALL = Set.of("wakeup", "poll", "spin");
  private static final String NONE = "none";

  private static final Set<String> TAKEN = taken(System.getProperty(PROPERTY));

  /** {@code wakeup}: who wakes up a loop that is awake makes no system call. */
  public static final boolean WAKEUP = TAKEN.contains("wakeup");

  /**
   * {@code poll}: a loop that would not wait, and watches nothing else, does not ask the system.
   */
  public static final boolean POLL = TAKEN.contains("poll");

  /** {@code spin}: a loop that is woken again and again looks for a moment before it waits. */
  public static final boolean SPIN =
      TAKEN.contains("spin") && Runtime.getRuntime().availableProcessors() > 1;

  private Shortcuts() {}

  /** The names that {@code list} has; all of them if it is null. What is no name is told. */
  static Set<String> taken(@Nullable String list) {
    if (list == null) {
      return ALL;
    }
    Set<String> taken = new TreeSet<>();
    for (String word : list.toLowerCase(Locale.ROOT).split(",", -1)) {
      String name = word.strip();
      if (ALL.contains(name)) {
        taken.add(name);
      } else if (!name.equals(NONE)) {
        log.warn("{} names no shortcut: \"{}\"; there are {}", PROPERTY, name, new TreeSet<>(ALL));
      }
    }
    return taken;
  }
}
