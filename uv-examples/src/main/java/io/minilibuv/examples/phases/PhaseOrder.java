// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** In which order callbacks came, or are believed to come: names, and the ends of iterations. */
final class PhaseOrder {
  /** What stands between two iterations. */
  private static final String BORDER = "/";

  private final List<String> words = new ArrayList<>();

  /** How a prediction has turned out. */
  enum Verdict {
    RIGHT,
    /** The names come as they were predicted, the ends of iterations do not. */
    ITERATIONS_WRONG,
    WRONG
  }

  /** Reads an order that somebody has typed: names and slashes, spaces and commas between them. */
  static PhaseOrder parse(String text) {
    PhaseOrder order = new PhaseOrder();
    for (String word : text.replace(BORDER, " / ").split("[\\s,]+", -1)) {
      if (word.equals(BORDER)) {
        order.nextIteration();
      } else if (!word.isEmpty()) {
        order.called(word);
      }
    }
    return order;
  }

  /** An iteration begins. One in which nothing is called leaves no trace. */
  void nextIteration() {
    if (!words.isEmpty() && !lastIsBorder()) {
      words.add(BORDER);
    }
  }

  void called(String name) {
    words.add(name);
  }

  /** Compares what was predicted with this, which is true; small letters are as good. */
  Verdict judge(PhaseOrder prediction) {
    if (folded(shown()).equals(folded(prediction.shown()))) {
      return Verdict.RIGHT;
    }
    return folded(names()).equals(folded(prediction.names()))
        ? Verdict.ITERATIONS_WRONG
        : Verdict.WRONG;
  }

  /** Which of the names is the first that differs in {@code prediction}, counted from 1. */
  int firstDifference(PhaseOrder prediction) {
    List<String> mine = folded(names());
    List<String> theirs = folded(prediction.names());
    int same = 0;
    while (same < Math.min(mine.size(), theirs.size()) && mine.get(same).equals(theirs.get(same))) {
      same++;
    }
    return same + 1;
  }

  /** {@code A B / C}; a dash if there is nothing. */
  @Override
  public String toString() {
    return words.isEmpty() ? "-" : String.join(" ", shown());
  }

  private List<String> names() {
    return words.stream().filter(word -> !word.equals(BORDER)).toList();
  }

  /** Without the border that nothing has followed. */
  private List<String> shown() {
    return lastIsBorder() ? words.subList(0, words.size() - 1) : words;
  }

  private boolean lastIsBorder() {
    return !words.isEmpty() && words.get(words.size() - 1).equals(BORDER);
  }

  private static List<String> folded(List<String> words) {
    return words.stream().map(word -> word.toLowerCase(Locale.ROOT)).toList();
  }
}
