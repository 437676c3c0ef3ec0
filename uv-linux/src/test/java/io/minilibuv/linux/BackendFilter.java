// SPDX-License-Identifier: MIT
package io.minilibuv.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.platform.engine.FilterResult;
import org.junit.platform.engine.TestDescriptor;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.PostDiscoveryFilter;

/**
 * Leaves out the tests that {@code docs/backends.tsv} names, when the modules' tests run once more
 * on another backend: a row is a class or {@code class#method}, the backend, and the reason.
 */
public final class BackendFilter implements PostDiscoveryFilter {
  private static final String LIST = "docs/backends.tsv";

  private final Set<String> left;

  /** Made by the test launcher. */
  public BackendFilter() {
    this(System.getProperty("minilibuv.backend"));
  }

  BackendFilter(String backend) {
    this.left = backend == null ? Set.of() : namedFor(backend);
  }

  private static Set<String> namedFor(String backend) {
    try {
      return Files.readAllLines(root().resolve(LIST)).stream()
          .skip(1)
          .map(line -> line.split("\t", -1))
          .filter(row -> row[1].equals(backend))
          .map(row -> row[0])
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve(LIST))) {
      folder = folder.getParent();
    }
    return folder;
  }

  @Override
  public FilterResult apply(TestDescriptor test) {
    return FilterResult.includedIf(!isLeft(test));
  }

  /** What a class inherits in nested classes is known by theirs, and only what it is in by its. */
  private boolean isLeft(TestDescriptor test) {
    boolean named =
        test.getSource()
            .filter(source -> left.contains(classOf(source)) || left.contains(nameOf(source)))
            .isPresent();
    return named || test.getParent().filter(this::isLeft).isPresent();
  }

  private static String classOf(Object source) {
    if (source instanceof MethodSource method) {
      return method.getClassName();
    }
    return source instanceof ClassSource type ? type.getClassName() : "";
  }

  private static String nameOf(Object source) {
    return source instanceof MethodSource method
        ? method.getClassName() + "#" + method.getMethodName()
        : "";
  }
}
