// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/differences.md: each row names the tests that show the difference, and there are such
 * tests. Where no test can, the last cell begins with {@code none:} and says why.
 */
class DifferencesTest {
  /** How many rows no test shows; a new one needs a better reason than that it was forgotten. */
  private static final int WITHOUT_TEST = 1;

  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern TEST = Pattern.compile("`(" + TestMethods.NAME + ")`");
  private static final Pattern TESTS = Pattern.compile(TEST + "(, " + TEST + ")*");
  private static final Pattern REASON = Pattern.compile("none: \\S.*");

  /** The cells of every line that is part of a table. */
  private static List<List<String>> lines() {
    return Project.lines("docs/differences.md").stream()
        .filter(line -> line.startsWith("|"))
        .map(line -> Arrays.stream(BAR.split(line, -1)).map(String::strip).toList())
        .toList();
  }

  private static boolean isHeader(List<String> cells) {
    return cells.contains("libuv") || cells.stream().allMatch(cell -> cell.matches("-*"));
  }

  private static List<List<String>> rows() {
    return lines().stream().filter(cells -> !isHeader(cells)).toList();
  }

  private static String test(List<String> row) {
    return row.get(4);
  }

  @Test
  void everyTableHasAColumnForTheTest() {
    assertThat(lines())
        .allSatisfy(cells -> assertThat(cells).hasSize(6).startsWith("").endsWith(""));
    assertThat(lines())
        .filteredOn(cells -> cells.contains("libuv"))
        .hasSizeGreaterThan(6)
        .containsOnly(List.of("", "libuv", "here", "why", "test", ""));
    assertThat(rows())
        .hasSizeGreaterThan(80)
        .allSatisfy(row -> assertThat(row.subList(1, 3)).doesNotContain(""));
  }

  @Test
  void everyRowNamesItsTestsOrSaysWhyThereIsNone() {
    assertThat(rows())
        .allSatisfy(row -> assertThat(test(row)).matches("(" + REASON + ")|(" + TESTS + ")"));
  }

  @Test
  void everyTestThatIsNamedExists() {
    TestMethods tests = TestMethods.ofProject();
    List<String> lost = new ArrayList<>();
    for (List<String> row : rows()) {
      TEST.matcher(test(row))
          .results()
          .map(match -> match.group(1))
          .filter(name -> tests.classesWith(name).size() != 1)
          .forEach(name -> lost.add(name + " is one of " + tests.classesWith(name)));
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void thereIsATestForNearlyAll() {
    assertThat(rows())
        .filteredOn(row -> REASON.matcher(test(row)).matches())
        .hasSizeLessThanOrEqualTo(WITHOUT_TEST);
  }
}
