// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.UvException;
import java.util.ArrayList;
import java.util.List;

/** What has failed while the rest went on, kept to be told at the end. */
public final class Failures {
  /** How many are listed; more of them are only counted, so that memory has a bound. */
  static final int LISTED = 1000;

  private final List<String> listed = new ArrayList<>();
  private long count;

  /** Makes an empty list. */
  public Failures() {}

  /** Counts a failure, and keeps it if there is room. */
  public void add(UvException failure) {
    add(String.valueOf(failure.getMessage()));
  }

  /** Counts something that is wrong, and keeps what to say of it if there is room. */
  public void add(String what) {
    count++;
    if (listed.size() < LISTED) {
      listed.add(what);
    }
  }

  /** How many there were. */
  public long count() {
    return count;
  }

  /** What to say: one a line, and how many more there were. */
  public List<String> lines() {
    if (count == listed.size()) {
      return List.copyOf(listed);
    }
    List<String> lines = new ArrayList<>(listed);
    lines.add("and " + Amounts.count(count - listed.size(), "failure", "failures") + " more");
    return lines;
  }
}
