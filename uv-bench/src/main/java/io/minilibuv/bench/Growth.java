// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.ArrayList;
import java.util.List;

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

  static Growth of(
      String name, String title, String work, String key, int from, int to, String... keys) {
    List<Row> rows = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    for (int power = from; power <= to; power++) {
      int number = (int) Math.pow(10, power);
      List<String> all = new ArrayList<>(List.of(keys));
      all.add(key + "=" + number);
      rows.add(Row.of(name + "-" + number, title, work, all.toArray(String[]::new)));
      numbers.add(number);
    }
    return new Growth(name, title, rows, numbers);
  }

  Growth byCpu() {
    return new Growth(name, title, rows.stream().map(Row::byCpu).toList(), numbers);
  }
}
