// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What there is to tell.
 *
 * @param machine what it was measured on, by what is told of it
 * @param labels what contenders are called, if not as always
 * @param results of the rows
 * @param growths of how cost grows, a result for each number
 */
record Report(
    Map<String, String> machine,
    Map<Contender, String> labels,
    List<Result> results,
    List<Result> growths,
    Sizes sizes) {

  /** What tables and charts call a contender. */
  String label(Contender contender) {
    return labels.getOrDefault(contender, contender.label());
  }

  /** Rows, and then how cost grows. */
  List<Result> all() {
    return Stream.concat(results.stream(), growths.stream()).toList();
  }

  /** Whether nothing and nobody has failed. */
  boolean isWell() {
    return sizes.failures().isEmpty()
        && all().stream().allMatch(result -> result.failures().isEmpty());
  }
}
