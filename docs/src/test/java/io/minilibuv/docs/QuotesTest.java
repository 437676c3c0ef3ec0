// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the code in the pages against the sources that it is quoted from: {@link Quotes}. With
 * {@code -Ddocs.quotes=write} the pages are put right first.
 */
class QuotesTest {
  private static final String SOURCE =
      """
      class A {
        %s
        int one() {
          return 1;
        }
        %s
      }
      """;
  private static final String PAGE =
      """
      Look:

      <!-- quote A.java one -->
      ```java
      int one() {
        return 1;
      }
      ```
      """;

  @TempDir Path folder;

  @Test
  void thePagesQuoteTheSourcesAsTheyAre() {
    if ("write".equals(System.getProperty("docs.quotes"))) {
      ofProject().write();
    }
    assertThat(String.join("\n", ofProject().check())).isEmpty();
  }

  @Test
  void aQuoteThatIsTheRegionIsRight() throws IOException {
    assertThat(check(source(), PAGE)).isEmpty();
  }

  @Test
  void oneTokenMoreOrLessIsShown() throws IOException {
    assertThat(check(source(), PAGE.replace("return 1", "return 2")))
        .containsExactly(
            """
            page.md:4: differs from A.java one
              page   |   return 2;
              source |   return 1;
            """);
    assertThat(check(source(), PAGE.replace("  return 1;\n", "")))
        .containsExactly(
            """
            page.md:4: differs from A.java one
              source |   return 1;
            """);
  }

  @Test
  void aRegionThatNoPageQuotesIsFound() throws IOException {
    assertThat(check(source(), "Nothing.\n"))
        .containsExactly("A.java one: no page quotes this region");
  }

  @Test
  void whatIsQuotedMustBeThere() throws IOException {
    assertThat(check(source(), PAGE + PAGE.replace("A.java", "B.java")))
        .containsExactly("page.md:12: no such file: B.java one");
    assertThat(check(source(), PAGE + PAGE.replace("java one", "java two")))
        .containsExactly("page.md:12: no such region: A.java two");
  }

  @Test
  void aQuoteNeedsItsFormAndItsFence() throws IOException {
    assertThat(check(source(), PAGE + PAGE.replace("```java", "\n```java")))
        .containsExactly(
            "page.md:11: no quote, or no fence of java behind it: <!-- quote A.java one -->");
    assertThat(check(source(), PAGE + PAGE.replace(" one -->", "-->")))
        .containsExactly(
            "page.md:11: no quote, or no fence of java behind it: <!-- quote A.java-->");
  }

  @Test
  void aQuoteWithinAFenceOfAnotherKindIsAnExample() throws IOException {
    assertThat(check(source(), PAGE + "```html\n<!-- quote B.java two -->\n```\n")).isEmpty();
  }

  @Test
  void markersAreBalancedAndTheirNamesOwn() throws IOException {
    assertThat(check(source(marker("start", "one"), ""), "\n"))
        .containsExactly("A.java:2: never ends: one");
    assertThat(check(source("", marker("end", "one")), "\n"))
        .containsExactly("A.java:6: ends without a start: one");
    assertThat(check(source() + source(), PAGE))
        .containsExactly("A.java:9: a second region of this name: one");
    assertThat(check(source(marker("start", "one").replace("\"", ""), ""), "\n"))
        .containsExactly("A.java:2: not the form of a marker: // @start region=one");
  }

  @Test
  void regionsMayLieInEachOther() throws IOException {
    String outer = marker("start", "two") + "\n" + source() + marker("end", "two") + "\n";
    String page =
        """
        <!-- quote A.java two -->
        ```java
        class A {
          int one() {
            return 1;
          }
        }
        ```
        """;
    assertThat(check(outer, PAGE + page)).isEmpty();
  }

  @Test
  void writingPutsThePageRight() throws IOException {
    Path page = page(PAGE.replace("return 1", "return 2") + "More.\n");
    quotes(source(), page).write();
    assertThat(page).hasContent(PAGE + "More.\n");
  }

  private static Quotes ofProject() {
    return new Quotes(Project.root(), Project.sources(), Project.pages());
  }

  private List<String> check(String source, String page) throws IOException {
    return quotes(source, page(page)).check();
  }

  private Quotes quotes(String source, Path page) throws IOException {
    Path file = Files.writeString(folder.resolve("A.java"), source);
    return new Quotes(folder, List.of(file), List.of(page));
  }

  private Path page(String text) throws IOException {
    return Files.writeString(folder.resolve("page.md"), text);
  }

  private static String source() {
    return source(marker("start", "one"), marker("end", "one"));
  }

  private static String source(String start, String end) {
    return SOURCE.replaceFirst("%s", start).replaceFirst("%s", end);
  }

  /** Put together, so that this file has no markers of its own. */
  private static String marker(String kind, String name) {
    return "// @" + kind + " region=\"" + name + "\"";
  }
}
