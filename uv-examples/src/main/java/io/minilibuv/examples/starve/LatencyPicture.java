// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import io.minilibuv.core.Histogram;
import io.minilibuv.core.Histogram.Bucket;
import io.minilibuv.examples.cli.Amounts;
import io.minilibuv.examples.cli.Terminal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Histograms of times side by side, on a scale of 1, 3, 10 and so on: bars show how many values
 * there are in each part of it. A value is where its bucket in the histogram begins.
 */
final class LatencyPicture {
  private static final long SHORTEST = 10_000;
  private static final int PARTS = 18;
  private static final int LONGEST_BAR = 14;

  private final Terminal terminal;
  private final List<String> titles = new ArrayList<>();
  private final List<long[]> counts = new ArrayList<>();

  LatencyPicture(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Adds one to the right. */
  void add(String title, Histogram histogram) {
    titles.add(title);
    long[] parts = new long[PARTS];
    for (Bucket bucket : histogram.buckets()) {
      parts[partOf(bucket.from())] += bucket.count();
    }
    counts.add(parts);
  }

  private static int partOf(long nanos) {
    int part = 0;
    while (part < PARTS - 1 && nanos > upTo(part)) {
      part++;
    }
    return part;
  }

  /** 10, 30, 100 and so on, microseconds. */
  private static long upTo(int part) {
    long power = SHORTEST;
    for (int i = 0; i < part / 2; i++) {
      power *= 10;
    }
    return part % 2 == 0 ? power : 3 * power;
  }

  /** The picture, from the first part that has something to the last. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    StringBuilder heading = new StringBuilder(String.format(Locale.ROOT, "%14s", ""));
    titles.forEach(title -> heading.append(String.format(Locale.ROOT, "  %-20s", title)));
    lines.add(heading.toString().stripTrailing());
    for (int part = first(); part <= last(); part++) {
      lines.add(line(part));
    }
    return lines;
  }

  private int first() {
    int part = 0;
    while (part < PARTS - 1 && isEmpty(part)) {
      part++;
    }
    return part;
  }

  private int last() {
    int part = PARTS - 1;
    while (part > 0 && isEmpty(part)) {
      part--;
    }
    return part;
  }

  private boolean isEmpty(int part) {
    return counts.stream().allMatch(parts -> parts[part] == 0);
  }

  private String line(int part) {
    String label = part < PARTS - 1 ? "<= " + Amounts.shortTime(upTo(part)) : "longer";
    StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%14s", label));
    for (long[] parts : counts) {
      line.append("  ").append(cell(parts, part));
    }
    return terminal.text(line.toString().stripTrailing());
  }

  /** A bar as long as its share of all values, and visible if there is one; and the number. */
  private String cell(long[] parts, int part) {
    long all = 0;
    for (long count : parts) {
      all += count;
    }
    long count = parts[part];
    int length = (int) (all == 0 ? 0 : (count * LONGEST_BAR + all - 1) / all);
    String bar = (terminal.unicode() ? "\u2588" : "#").repeat(length);
    String text = count == 0 ? "" : " " + count;
    String padding = " ".repeat(20 - length - text.length());
    return (bar.isEmpty() ? "" : "@|cyan " + bar + "|@") + text + padding;
  }
}
