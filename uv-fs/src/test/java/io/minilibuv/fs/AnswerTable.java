// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.StringTokenizer;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Tables of what calls answer to what they are called with: a call in each line, a thing in each
 * column, an error's name or {@code ok} in each cell, {@code -} where nothing is asked. In a cell
 * {@code a|b} libuv answers {@code a}, and {@code java.nio} {@code b}: a difference that {@code
 * docs/fs-nio.md} names.
 */
final class AnswerTable {
  private AnswerTable() {}

  /** One line: the call, and for each column what is expected. */
  record Row(String call, Map<String, String> expected) {

    @Override
    public String toString() {
      return call;
    }

    /** What {@code answer} tells for a column where that is not expected. */
    Map<String, String> differences(UnaryOperator<String> answer) {
      Map<String, String> found = new TreeMap<>();
      expected.forEach(
          (column, wanted) -> {
            if (!wanted.equals("-")) {
              String told = answer.apply(column);
              if (!told.equals(wanted)) {
                found.put(column, told + ", not " + wanted);
              }
            }
          });
      return found;
    }
  }

  /** The table of the name {@code name}, beside this class. */
  static List<Row> read(String name) {
    List<Row> rows = new ArrayList<>();
    try (InputStream from = AnswerTable.class.getResourceAsStream(name);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(Objects.requireNonNull(from, name), UTF_8))) {
      List<String> columns = wordsOf(lines.readLine());
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        List<String> words = wordsOf(line);
        if (words.size() != columns.size()) {
          throw new IllegalStateException(name + ": " + line);
        }
        Map<String, String> expected = new LinkedHashMap<>();
        for (int i = 1; i < words.size(); i++) {
          String cell = words.get(i);
          expected.put(columns.get(i), TestedBackend.either(libuvs(cell), nios(cell)));
        }
        rows.add(new Row(words.get(0), expected));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return rows;
  }

  private static String nios(String cell) {
    return cell.substring(cell.indexOf('|') + 1);
  }

  private static String libuvs(String cell) {
    int end = cell.indexOf('|');
    return end < 0 ? cell : cell.substring(0, end);
  }

  private static List<String> wordsOf(String line) {
    List<String> words = new ArrayList<>();
    new StringTokenizer(line).asIterator().forEachRemaining(word -> words.add((String) word));
    return words;
  }
}
