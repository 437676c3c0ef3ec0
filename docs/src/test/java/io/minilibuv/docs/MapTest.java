// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Member;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Holds docs/map.md, the table from C symbols to Java: what it names exists, and no public function
 * of the modules is missing.
 *
 * <p>A row is {@code | `uv_timer_start` | src/timer.c | `TimerHandle#start` |}. Several Java names
 * may share a cell; where Java needs nothing for the symbol, the cell begins with {@code none:} and
 * says why.
 */
class MapTest {
  private static final Pattern ROW =
      Pattern.compile("\\|([^|]*`[^|]*)\\|([^|]*)\\|(.*)\\|\\s*", Pattern.DOTALL);
  private static final Pattern CODE = Pattern.compile("`([^`]+)`");
  private static final List<String> PACKAGES =
      Stream.of("core", "async", "threadpool", "fs")
          .flatMap(module -> Stream.of("", ".spi", ".internal").map(sub -> module + sub))
          .map(name -> "io.minilibuv." + name + ".")
          .toList();

  private static final Path SOURCES_OF_NEWER_JDK =
      Project.root().resolve("uv-linux").resolve("src").resolve("main");

  private static final String FIELDS = "## Fields";

  private record Row(List<String> symbols, String file, String java) {}

  private static List<Row> rows() {
    return Project.lines("docs/map.md").stream()
        .takeWhile(line -> !line.equals(FIELDS))
        .map(ROW::matcher)
        .filter(Matcher::matches)
        .map(m -> new Row(codes(m.group(1)), m.group(2).strip(), m.group(3).strip()))
        .toList();
  }

  @Test
  void everyFunctionHasARow() {
    Set<String> mapped =
        rows().stream().flatMap(row -> row.symbols.stream()).collect(Collectors.toSet());
    List<String> ours =
        Project.table("docs/api.tsv", "name", "module").stream()
            .filter(row -> !row.get(1).equals("later"))
            .map(row -> row.get(0))
            .toList();
    assertThat(ours).hasSize(66 + 2 + 7 + 53);
    assertThat(mapped).containsAll(ours);
  }

  /** The tables behind the functions: what a row names exists, and no field stands twice. */
  @Test
  void everyFieldAndFileLeadsSomewhere() {
    List<String> lines =
        Project.lines("docs/map.md").stream().dropWhile(line -> !line.equals(FIELDS)).toList();
    List<String> lost = new ArrayList<>();
    List<String> fields = new ArrayList<>();
    for (String line : lines) {
      String[] cells = line.split(" \\| ", -1);
      if (!line.startsWith("| `") || cells[cells.length - 1].startsWith("none: ")) {
        continue;
      }
      fields.add(String.join(" ", List.of(cells).subList(0, cells.length - 1)));
      codes(cells[cells.length - 1]).stream()
          .filter(name -> !exists(name))
          .forEach(name -> lost.add(line));
    }
    assertThat(lost).isEmpty();
    assertThat(fields).hasSizeGreaterThan(120).doesNotHaveDuplicates();
  }

  @Test
  void everyRowLeadsSomewhere() {
    List<String> lost = new ArrayList<>();
    for (Row row : rows()) {
      List<String> names = codes(row.java);
      if (names.isEmpty() && !row.java.startsWith("none: ")) {
        lost.add(row.symbols + " names nothing");
      }
      names.stream()
          .filter(name -> !exists(name))
          .forEach(name -> lost.add(row.symbols + " -> " + name));
    }
    assertThat(lost).isEmpty();
  }

  @Test
  void everySymbolIsFoundByItsNameInTheSources() {
    String sources =
        Project.sources().stream()
            .filter(file -> file.toString().replace('\\', '/').contains("/src/main/"))
            .map(Project::text)
            .collect(Collectors.joining())
            .replaceAll("\\s+(\\* )?", " ");
    assertThat(rows().stream().flatMap(row -> row.symbols.stream()))
        .allSatisfy(symbol -> assertThat(sources).contains("{@code " + symbol));
  }

  @Test
  void everySymbolStandsOnceAndNamesItsFile() {
    List<Row> rows = rows();
    assertThat(rows.stream().flatMap(row -> row.symbols.stream()).toList())
        .isNotEmpty()
        .doesNotHaveDuplicates();
    assertThat(rows).allSatisfy(row -> assertThat(row.file).matches("`?(src|include)/.+\\.[ch]`?"));
  }

  /** What a JVM has no use for, as docs/differences.md says. */
  @Test
  void whatIsLeftOutIsNotThere() {
    Map<String, String> leftOut =
        Map.of(
            "uv_loop_fork", "Loop#fork",
            "uv_backend_fd", "Loop#backendFd",
            "uv_replace_allocator", "Uv#replaceAllocator",
            "uv_loop_size", "Loop#size",
            "uv_handle_size", "Handle#size",
            "uv_req_size", "Request#size");
    assertThat(rows().stream().flatMap(row -> row.symbols.stream()))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(leftOut.keySet());
    assertThat(leftOut.values())
        .allSatisfy(
            name -> {
              assertThat(exists(name.replaceFirst("#.*", ""))).isTrue();
              assertThat(exists(name)).isFalse();
            });
  }

  private static List<String> codes(String cell) {
    return CODE.matcher(cell).results().map(match -> match.group(1)).toList();
  }

  @Test
  void whatIsOnlyInSourceIsLookedForThere() {
    assertThat(exists("EpollPollBackend")).isTrue();
    assertThat(exists("EpollPollBackend#poll")).isTrue();
    assertThat(exists("InotifyBackend#fd")).isTrue();
    assertThat(exists("EpollPollBackend#pol")).isFalse();
    assertThat(exists("EpollPollBackends")).isFalse();
    assertThat(exists("EpollPollBackendTest")).isFalse();
  }

  /** True for {@code Class} and {@code Class#member}; the member may be of any visibility. */
  private static boolean exists(String name) {
    String[] parts = name.replaceFirst("\\(.*", "").split("#", 2);
    Optional<Class<?>> found = find(parts[0]);
    return found.isPresent()
        ? parts.length == 1 || hasMember(found.get(), parts[1])
        : existsInSource(parts);
  }

  /** Of a module that needs a newer JDK than this may be, the sources are asked. */
  private static boolean existsInSource(String[] parts) {
    String member = parts.length == 1 ? "class " + parts[0] : "[\\w>] " + parts[1] + "( =|\\(|;)";
    return Project.sources().stream()
        .filter(file -> file.startsWith(SOURCES_OF_NEWER_JDK))
        .filter(file -> file.endsWith(parts[0] + ".java"))
        .anyMatch(file -> Pattern.compile(member).matcher(Project.text(file)).find());
  }

  private static boolean hasMember(Class<?> type, String member) {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      Stream<Member> members =
          Stream.concat(
              Arrays.stream(c.getDeclaredMethods()), Arrays.stream(c.getDeclaredFields()));
      if (members.anyMatch(m -> m.getName().equals(member))) {
        return true;
      }
    }
    return Arrays.stream(type.getInterfaces()).anyMatch(i -> hasMember(i, member));
  }

  private static Optional<Class<?>> find(String name) {
    return Stream.concat(Stream.of(""), PACKAGES.stream())
        .flatMap(prefix -> load(prefix, name).stream())
        .findFirst();
  }

  /** Loads a class, with a dot before a nested one's name as in source code. */
  private static Optional<Class<?>> load(String prefix, String name) {
    String binary = name.replaceAll("(?<=\\.|^)([A-Z]\\w*)\\.(?=[A-Z])", "$1\\$");
    try {
      return Optional.of(Class.forName(prefix + binary, false, MapTest.class.getClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }
}
