// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the house rules that only the source's text can show. */
class SourcesTest {
  /** Spelled in halves, so that this file does not break its own rule. */
  private static final Pattern LEFT_OPEN =
      Pattern.compile("\\b(TO" + "DO|FIX" + "ME)\\b|@Dis" + "abled\\b");

  @Test
  void everySourceNamesItsLicenceFirst() {
    assertThat(Project.sources())
        .isNotEmpty()
        .allSatisfy(
            file -> assertThat(Project.text(file)).startsWith("// SPDX-License-Identifier: MIT\n"));
  }

  @Test
  void nothingIsLeftOpenOrSwitchedOff() {
    List<Path> open =
        Project.sources().stream()
            .filter(file -> LEFT_OPEN.matcher(Project.text(file)).find())
            .toList();
    assertThat(open).isEmpty();
  }

  @Test
  void everyPackageIsNullMarked() {
    Set<Path> packages =
        Project.sources().stream()
            .filter(file -> file.toString().replace('\\', '/').contains("/src/main/java/"))
            .filter(file -> !file.endsWith("module-info.java"))
            .map(Path::getParent)
            .collect(Collectors.toSet());
    assertThat(packages)
        .isNotEmpty()
        .allSatisfy(
            folder -> {
              Path info = folder.resolve("package-info.java");
              assertThat(info).exists();
              assertThat(Project.text(info)).contains("@NullMarked");
            });
  }

  @Test
  void everyModuleIsARealOne() {
    assertThat(Project.MODULES)
        .allSatisfy(
            module -> {
              Path sources = Project.root().resolve(module).resolve("src/main/java");
              assertThat(Files.exists(sources.resolve("module-info.java"))).as(module).isTrue();
            });
  }

  /** A folder with code in it that no list of {@link Project} names would escape these tests. */
  @Test
  void everyFolderWithCodeIsKnown() throws IOException {
    try (Stream<Path> folders = Files.list(Project.root())) {
      assertThat(folders.filter(folder -> Files.isDirectory(folder.resolve("src"))))
          .extracting(folder -> folder.getFileName().toString())
          .containsExactlyInAnyOrderElementsOf(Project.folders());
    }
  }

  @Test
  void foldersWithTestsHaveNothingElse() {
    assertThat(Project.ONLY_TESTS)
        .allSatisfy(
            module ->
                assertThat(Project.root().resolve(module).resolve("src/main")).doesNotExist());
  }
}
