// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The project's tests by name, {@code io.minilibuv.core.ActiveTest#active}. They are looked for in
 * the sources: those of most modules are not on the class path here.
 */
final class TestMethods {
  /** How a page names a test: with as much of the package as it takes to tell two classes apart. */
  static final Pattern NAME = Pattern.compile("([a-z]\\w*\\.)*[A-Z]\\w*#[a-z]\\w*");

  /** An annotation that makes a test, other annotations, modifiers, what it gives, its name. */
  private static final Pattern METHOD =
      Pattern.compile(
          "@(?:Test|ParameterizedTest|RepeatedTest|TestFactory)\\b(?:[^;{(]|\\([^)]*\\))*?"
              + "\\b(?:void|Stream<\\w+>)\\s+(\\w+)\\s*\\(");

  private static final Path TESTS = Path.of("src", "test", "java");

  /** By the qualified name. */
  private final Map<String, Path> classes = new TreeMap<>();

  private TestMethods() {
    for (Path file : Project.sources()) {
      for (Path folder = file; folder != null; folder = folder.getParent()) {
        if (folder.endsWith(TESTS) && Files.isDirectory(folder)) {
          String name = folder.relativize(file).toString().replaceFirst("\\.java$", "");
          classes.put(name.replace('/', '.').replace('\\', '.'), file);
          break;
        }
      }
    }
  }

  static TestMethods ofProject() {
    return new TestMethods();
  }

  /** All tests, each by the class that declares it. */
  Stream<String> declared() {
    return classes.keySet().stream()
        .flatMap(type -> declaredIn(type).map(method -> type + '#' + method));
  }

  /**
   * The classes that {@code test} may mean, and that have it: declared, or from a superclass. There
   * is one if the name is a good one.
   */
  List<String> classesWith(String test) {
    String[] parts = test.split("#", 2);
    return named(parts[0]).filter(type -> has(type, parts[1])).toList();
  }

  private Stream<String> named(String name) {
    return classes.keySet().stream().filter(type -> type.equals(name) || type.endsWith('.' + name));
  }

  private boolean has(String type, String method) {
    return declaredIn(type).anyMatch(method::equals)
        || superclassesOf(type).anyMatch(above -> has(above, method));
  }

  private Stream<String> superclassesOf(String type) {
    String simple = type.substring(type.lastIndexOf('.') + 1);
    Matcher declaration =
        Pattern.compile("\\bclass " + simple + "\\b[^{]*?\\bextends (\\w+)").matcher(text(type));
    return declaration.find() ? named(declaration.group(1)) : Stream.empty();
  }

  private Stream<String> declaredIn(String type) {
    return METHOD.matcher(text(type)).results().map(match -> match.group(1));
  }

  private String text(String type) {
    return Project.text(classes.get(type));
  }
}
