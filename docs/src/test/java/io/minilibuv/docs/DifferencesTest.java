// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the pages about what differs from libuv: each row of their tables names the tests that show
 * the difference, and there are such tests. Where no test can, the last cell begins with {@code
 * none:} and says why.
 */
class DifferencesTest {
  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");
  private static final Pattern TEST = Pattern.compile("`(" + TestMethods.NAME + ")`");
  private static final Pattern TESTS = Pattern.compile(TEST + "(, " + TEST + ")*");
  private static final Pattern REASON = Pattern.compile("none: \\S.*");

  /** The cells of one line after the other; those of a table's first line come with each row. */
  private record Row(List<String> header, List<String> cells) {
    String test() {
      return cells.get(cells.size() - 1);
    }

    boolean hasNone() {
      return REASON.matcher(test()).matches();
    }
  }

  private static List<Row> rows(String page) {
    List<Row> rows = new ArrayList<>();
    List<String> header = List.of();
    for (String line : Project.lines("docs/" + page)) {
      if (!line.startsWith("|")) {
        header = List.of();
      } else if (header.isEmpty()) {
        header = cells(line);
      } else {
        rows.add(new Row(header, cells(line)));
      }
    }
    // The line of dashes is none that anybody reads.
    return rows.stream()
        .filter(row -> !row.cells.stream().allMatch(cell -> cell.matches("---+")))
        .toList();
  }

  private static List<String> cells(String line) {
    String inner = line.substring(1, line.length() - 1);
    return Arrays.stream(BAR.split(inner, -1)).map(String::strip).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"differences.md", "fs-nio.md"})
  void everyTableHasAColumnForTheTest(String page) {
    assertThat(rows(page))
        .allSatisfy(
            row -> {
              assertThat(row.header).endsWith("test");
              assertThat(row.cells).hasSameSizeAs(row.header);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"differences.md", "fs-nio.md"})
  void everyRowNamesItsTestsOrSaysWhyThereIsNone(String page) {
    assertThat(rows(page))
        .allSatisfy(row -> assertThat(row.test()).matches("(" + REASON + ")|(" + TESTS + ")"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"differences.md", "fs-nio.md"})
  void everyTestThatIsNamedExists(String page) {
    TestMethods tests = TestMethods.ofProject();
    List<String> lost = new ArrayList<>();
    for (Row row : rows(page)) {
      TEST.matcher(row.test())
          .results()
          .map(match -> match.group(1))
          .filter(name -> tests.classesWith(name).size() != 1)
          .forEach(name -> lost.add(name + " is one of " + tests.classesWith(name)));
    }
    assertThat(lost).isEmpty();
  }

  /** One row more without a test needs a better reason than that it was forgotten. */
  @ParameterizedTest
  @CsvSource({"differences.md, 80, 2", "fs-nio.md, 50, 7"})
  void thereIsATestForNearlyAll(String page, int atLeast, int withoutTest) {
    assertThat(rows(page)).hasSizeGreaterThan(atLeast);
    assertThat(rows(page)).filteredOn(Row::hasNone).hasSizeLessThanOrEqualTo(withoutTest);
  }
}
