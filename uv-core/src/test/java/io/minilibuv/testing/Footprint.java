// SPDX-License-Identifier: MIT
package io.minilibuv.testing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What this process holds at one moment: its live threads, and its open descriptors. */
final class Footprint {
  /*
   * Threads that come and go by themselves, and belong to no test: the JVM's own live in thread
   * groups of their own, the rest is known by name. libuv-worker is the process-wide pool, which
   * stays, as in C.
   */
  private static final List<String> GROUPS_OF_OTHERS =
      List.of("system", "InnocuousThreadGroup", "CarrierThreads");
  private static final List<String> NAMES_OF_OTHERS =
      List.of(
          "libuv-worker-",
          "ForkJoinPool.commonPool-",
          "CompletableFutureDelayScheduler",
          "awaitility",
          "junit-",
          "surefire-",
          "process reaper",
          "JFR ");

  private final Set<Thread> threads;
  private final Descriptors descriptors;

  private Footprint(Set<Thread> threads, Descriptors descriptors) {
    this.threads = threads;
    this.descriptors = descriptors;
  }

  static Footprint now() {
    Descriptors descriptors = Descriptors.now();
    return new Footprint(Thread.getAllStackTraces().keySet(), descriptors);
  }

  /** Describes what is here and was not in {@code before}: a list that may be added to. */
  List<String> since(Footprint before) {
    List<String> news = new ArrayList<>(descriptors.since(before.descriptors));
    for (Thread thread : threads) {
      if (!before.threads.contains(thread) && thread.isAlive() && !belongsToOthers(thread)) {
        news.add(describe(thread));
      }
    }
    return news;
  }

  private static boolean belongsToOthers(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    return group == null
        || GROUPS_OF_OTHERS.contains(group.getName())
        || NAMES_OF_OTHERS.stream().anyMatch(thread.getName()::startsWith);
  }

  private static String describe(Thread thread) {
    String where =
        Arrays.stream(thread.getStackTrace())
            .limit(12)
            .map(frame -> "\n    at " + frame)
            .collect(Collectors.joining());
    return "thread \"%s\" (%s)%s"
        .formatted(thread.getName(), thread.isDaemon() ? "daemon" : "not daemon", where);
  }
}
