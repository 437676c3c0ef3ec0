// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The project's files, found from wherever the tests are run. */
final class Project {
  /** The modules that hold code, in the order in which they are built. */
  static final List<String> MODULES =
      List.of(
          "uv-core",
          "uv-async",
          "uv-threadpool",
          "uv-fs",
          "uv-linux",
          "uv-examples",
          "uv-explorer");

  /** A module that needs a newer JDK than the others, and from which one on it is in the build. */
  private static final String OF_NEWER_JDK = "uv-linux";

  private static final int NEWER_JDK = 22;

  /**
   * Folders with tests and nothing else, which are no Java modules; those but the first are built
   * with {@code -Pstress} or {@code -Pbench} only.
   */
  static final List<String> ONLY_TESTS = List.of("docs", "uv-jcstress", "uv-jmh");

  /** A program that is no Java module, and is built with {@code -Pbench} only. */
  static final String BENCH = "uv-bench";

  private Project() {}

  /** Those of {@link #MODULES} that this JDK has built. */
  static List<String> modulesBuilt() {
    boolean all = Runtime.version().feature() >= NEWER_JDK;
    return MODULES.stream().filter(module -> all || !module.equals(OF_NEWER_JDK)).toList();
  }

  /** The folder of the whole project: the nearest one above that has uv-core in it. */
  static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("uv-core").resolve("pom.xml"))) {
        return folder;
      }
    }
    throw new IllegalStateException("not inside the project: " + start);
  }

  /** The lines of a file, named from the root. */
  static List<String> lines(String file) {
    try {
      return Files.readAllLines(root().resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The rows of a tab-separated file under its header, each with as many cells as the header. */
  static List<List<String>> table(String file, String... header) {
    List<String> lines = lines(file);
    if (!lines.get(0).equals(String.join("\t", header))) {
      throw new AssertionError(file + " begins with: " + lines.get(0));
    }
    List<List<String>> rows =
        lines.stream().skip(1).map(line -> List.of(line.split("\t", -1))).toList();
    rows.stream()
        .filter(row -> row.size() != header.length)
        .findFirst()
        .ifPresent(
            row -> {
              throw new AssertionError(file + " has a row of another length: " + row);
            });
    return rows;
  }

  /** Those with code in them. */
  static List<String> folders() {
    return Stream.of(MODULES, ONLY_TESTS, List.of(BENCH)).flatMap(List::stream).toList();
  }

  /** All Java sources, main and test, those that the default build leaves out as well. */
  static List<Path> sources() {
    return folders().stream()
        .flatMap(module -> files(root().resolve(module).resolve("src"), ".java").stream())
        .toList();
  }

  /** The project's own pages. */
  static List<Path> pages() {
    return files(root(), ".md");
  }

  /** A file's text. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Path folder, String ending) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    Predicate<Path> ours =
        path -> {
          String name = root().relativize(path).toString();
          return name.endsWith(ending) && !name.contains("target") && !name.startsWith(".");
        };
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(ours).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
