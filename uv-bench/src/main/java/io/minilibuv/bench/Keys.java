// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a row is done with: {@code key=value} of the command line. The harness gives all of them.
 */
record Keys(Map<String, String> values) {
  static Keys parse(Iterable<String> words) {
    Map<String, String> values = new TreeMap<>();
    for (String word : words) {
      int at = word.indexOf('=');
      if (at <= 0) {
        throw new IllegalArgumentException("not key=value: " + word);
      }
      values.put(word.substring(0, at), word.substring(at + 1));
    }
    return new Keys(values);
  }

  String text(String key) {
    String value = values.get(key);
    if (value == null) {
      throw new IllegalArgumentException("no " + key + "= was given");
    }
    return value;
  }

  int number(String key) {
    return Integer.parseInt(text(key));
  }
}
