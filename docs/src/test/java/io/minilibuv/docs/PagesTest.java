// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the project's pages: what they link to within the project exists. */
class PagesTest {
  private static final Path PATH = Project.root().resolve("docs/README.md");
  private static final Pattern CHAPTER =
      Pattern.compile("(?m)^\\| \\d+ \\| \\[[^]]+]\\(([^)]+)\\)");
  private static final Pattern SOLUTIONS =
      Pattern.compile(
          "\\]\\(src/test/java/io/minilibuv/docs/exercises/\\w+ExercisesTest\\.java\\)");
  private static final Pattern JAVA =
      Pattern.compile("(<!-- quote [^\\n]*-->\\n)?```java\\n(.*?)```", Pattern.DOTALL);

  /** Fragments of one idea, of which the linked source has the whole. */
  private static final List<String> FRAGMENTS =
      List.of("new LoopOptions().recordOrigins(true)", "loop.stats()");

  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]+)(?:#[^)]*)?\\)");
  private static final Pattern ANCHOR = Pattern.compile("\\]\\(([^):#\\s]*)#([^)]*)\\)");
  private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
  private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

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

  /** A link into the middle of a page names one of its headings, as GitHub makes names of them. */
  @Test
  void linksIntoThePagesMeetAHeading() {
    List<String> broken = new ArrayList<>();
    int found = 0;
    for (Path page : Project.pages()) {
      for (MatchResult link : ANCHOR.matcher(Project.text(page)).results().toList()) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        if (target.toString().endsWith(".md")) {
          found++;
          if (!anchors(target).contains(link.group(2))) {
            broken.add(page + " -> " + target + "#" + link.group(2));
          }
        }
      }
    }
    assertThat(found).isPositive();
    assertThat(broken).isEmpty();
  }

  private static List<String> anchors(Path page) {
    String text = FENCE.matcher(Project.text(page)).replaceAll("");
    return HEADING
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).toLowerCase(Locale.ROOT))
        .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void thePagesThatEveryoneLooksForAreThere() {
    assertThat(List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "LICENSE", "NOTICE"))
        .allSatisfy(name -> assertThat(Project.root().resolve(name)).isNotEmptyFile());
  }

  @Test
  void everyPageOfTheDocsIsOnThePath() {
    assertThat(Project.text(Project.root().resolve("README.md"))).contains("](docs/README.md)");
    String path = Project.text(PATH);
    assertThat(Project.pages())
        .filteredOn(page -> page.getParent().equals(PATH.getParent()) && !page.equals(PATH))
        .isNotEmpty()
        .allSatisfy(page -> assertThat(path).contains("](" + page.getFileName() + ")"));
  }

  /** A question, code from the sources, a picture, an experiment, exercises with solutions. */
  @Test
  void everyChapterHasWhatAChapterHas() {
    List<Path> chapters =
        CHAPTER
            .matcher(Project.text(PATH))
            .results()
            .map(row -> PATH.resolveSibling(row.group(1)))
            .toList();
    assertThat(chapters).hasSize(11);
    assertThat(chapters)
        .allSatisfy(
            page -> {
              String text = Project.text(page);
              assertThat(text.split("\\n## ", 2)[0]).as("begins with a question").contains("?");
              assertThat(text).containsAnyOf("<!-- quote ", "public final class ");
              assertThat(text).containsAnyOf("```mermaid\n", "<img ");
              assertThat(text).contains("```console\n$ ", "\n## Exercises\n\n1. ");
              String solutions = text.substring(text.indexOf("\n## Exercises\n"));
              assertThat(SOLUTIONS.matcher(solutions).results()).hasSize(1);
            });
  }

  /**
   * What looks like Java is a quote, a program that is run, or stands in the list of fragments. The
   * cookbook has tests of its own for what is pasted from it.
   */
  @Test
  void everySnippetIsHeldByATest() {
    List<String> loose = new ArrayList<>();
    for (Path page : Project.pages()) {
      for (MatchResult snippet : JAVA.matcher(Project.text(page)).results().toList()) {
        boolean held =
            snippet.group(1) != null
                || page.endsWith("fs-cookbook.md")
                || snippet.group(2).contains("public final class ")
                || FRAGMENTS.stream().anyMatch(snippet.group(2)::contains);
        if (!held) {
          loose.add(page + ": " + snippet.group(2));
        }
      }
    }
    assertThat(loose).isEmpty();
  }
}
