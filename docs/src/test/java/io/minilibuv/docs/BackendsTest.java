// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/backends.tsv, the tests that do not run once more on another backend: each is there,
 * and has a reason. What reads the list to leave them out is uv-linux's BackendFilter.
 */
class BackendsTest {
  private static final Set<String> BACKENDS = Set.of("epoll");

  private static List<List<String>> rows() {
    return Project.table("docs/backends.tsv", "test", "backend", "reason");
  }

  @Test
  void everyRowNamesATestABackendAndAReason() {
    assertThat(rows())
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allSatisfy(
            row -> {
              assertThat(exists(row.get(0))).as(row.get(0)).isTrue();
              assertThat(BACKENDS).contains(row.get(1));
              assertThat(row.get(2)).isNotBlank();
            });
  }

  private static boolean exists(String test) {
    String[] parts = test.split("#", 2);
    Path file = Path.of(parts[0].replace('.', '/') + ".java");
    return Project.sources().stream()
        .filter(source -> source.endsWith(Path.of("src/test/java").resolve(file)))
        .map(Project::text)
        .anyMatch(text -> parts.length == 1 || hasMethod(text, parts[1]));
  }

  private static boolean hasMethod(String source, String name) {
    return Pattern.compile("\\bvoid " + Pattern.quote(name) + "\\(").matcher(source).find();
  }
}
