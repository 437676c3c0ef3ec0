// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/upstream-tests.tsv: each of libuv's tests is ours by name, or there is a reason. */
class UpstreamTestsTest {
  /** How many tests libuv 1.52.1 has for the modules that are ported. */
  private static final int UPSTREAM_TESTS = 202;

  private static final Pattern REASON = Pattern.compile("(later|n/a): \\S.*");
  private static final Pattern OURS = Pattern.compile("([a-z]\\w*\\.)+[A-Z]\\w*#[a-z]\\w*");
  private static final Set<String> PORTABLE = Set.of("as-is", "adapted", "n/a");

  private record Row(String test, String module, String portable, String ours) {}

  private static List<Row> rows() {
    return Project.table("docs/upstream-tests.tsv", "test", "module", "portable", "ours", "note")
        .stream()
        .map(cells -> new Row(cells.get(0), cells.get(1), cells.get(2), cells.get(3)))
        .toList();
  }

  @Test
  void everyUpstreamTestHasOneRow() {
    List<String> names = rows().stream().map(Row::test).toList();
    assertThat(names).hasSize(UPSTREAM_TESTS).doesNotHaveDuplicates();
  }

  @Test
  void everyRowIsOneOfTheKnownKinds() {
    assertThat(rows())
        .allSatisfy(
            row -> {
              assertThat(Project.MODULES).contains(row.module);
              assertThat(PORTABLE).contains(row.portable);
              assertThat(row.ours).matches("(" + REASON + ")|(" + OURS + ")");
            });
  }

  @Test
  void whatIsNotPortableSaysWhyAndNothingElseDoes() {
    assertThat(rows())
        .allSatisfy(
            row ->
                assertThat(row.ours.startsWith("n/a: "))
                    .as(row.test)
                    .isEqualTo(row.portable.equals("n/a")));
  }

  @Test
  void nothingOfTheCoreIsLeftForLater() {
    assertThat(rows())
        .filteredOn(row -> row.module.equals("uv-core"))
        .noneMatch(row -> row.ours.startsWith("later"));
  }

  @Test
  void everyTestThatIsNamedExists() {
    Set<String> tests = TestMethods.ofProject().declared().collect(Collectors.toSet());
    List<String> missing = new ArrayList<>();
    for (Row row : rows()) {
      if (OURS.matcher(row.ours).matches() && !tests.contains(row.ours)) {
        missing.add(row.test + " -> " + row.ours);
      }
    }
    assertThat(missing).isEmpty();
  }

  /** The other way round: a test under an upstream name is in the table, so none is forgotten. */
  @Test
  void everyTestThatExistsUnderAnUpstreamNameIsNamed() {
    Set<String> named = new HashSet<>();
    rows().forEach(row -> named.add(row.ours));
    List<String> tests = TestMethods.ofProject().declared().toList();
    List<String> unnamed = new ArrayList<>();
    for (Row row : rows()) {
      if (row.ours.startsWith("later")) {
        tests.stream()
            .filter(test -> test.endsWith("#" + camelCase(row.test)))
            .filter(test -> !named.contains(test))
            .forEach(test -> unnamed.add(row.test + " -> " + test));
      }
    }
    assertThat(unnamed).isEmpty();
  }

  private static String camelCase(String name) {
    return Pattern.compile("_(.)")
        .matcher(name)
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT));
  }
}
