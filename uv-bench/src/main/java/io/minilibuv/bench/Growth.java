// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.IntFunction;

/**
 * A row that is done with more and more of something: 10, 100, 1,000...
 *
 * @param rows one for each number
 * @param numbers what the key is in each
 */
record Growth(String name, String title, List<Row> rows, List<Integer> numbers) {
  Growth {
    rows = List.copyOf(rows);
    numbers = List.copyOf(numbers);
  }

  /**
   * Makes one.
   *
   * @param key what there is more and more of: ten to the power of {@code from}, up to {@code to}
   * @param others the other keys, for each number
   */
  static Growth of(
      String name,
      String title,
      String work,
      String key,
      int from,
      int to,
      IntFunction<List<String>> others) {
    List<Row> rows = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int power = from; power <= to; power++) {
      int number = (int) Math.pow(10, power);
      List<String> all = new ArrayList<>(others.apply(number));
      all.add(key + "=" + number);
      String titled = String.format(Locale.ROOT, "%s: %,d", title, number);
      rows.add(Row.of(name + "-" + number, titled, work, all.toArray(String[]::new)));
      numbers.add(number);
    }
    return new Growth(name, title, rows, numbers);
  }

  Growth byCpu() {
    return new Growth(name, title, rows.stream().map(Row::byCpu).toList(), numbers);
  }
}
