// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the project's pages: what they link to within the project exists. */
class PagesTest {
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");

  @Test
  void linksLeadSomewhere() {
    List<String> broken = new ArrayList<>();
    for (Path page : Project.pages()) {
      LINK.matcher(Project.text(page))
          .results()
          .map(match -> match.group(1))
          .filter(target -> !target.matches("[a-z]+:.*"))
          .filter(target -> !Files.exists(page.resolveSibling(target)))
          .forEach(target -> broken.add(page + " -> " + target));
    }
    assertThat(broken).isEmpty();
  }

  @Test
  void thePagesThatEveryoneLooksForAreThere() {
    assertThat(List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "NOTICE"))
        .allSatisfy(name -> assertThat(Project.root().resolve(name)).isNotEmptyFile());
  }

  @Test
  void everyPageOfTheDocsIsLinkedFromTheReadme() {
    String readme = Project.text(Project.root().resolve("README.md"));
    assertThat(Project.pages())
        .filteredOn(page -> page.getParent().equals(Project.root().resolve("docs")))
        .isNotEmpty()
        .allSatisfy(page -> assertThat(readme).contains("](docs/" + page.getFileName() + ")"));
  }
}
