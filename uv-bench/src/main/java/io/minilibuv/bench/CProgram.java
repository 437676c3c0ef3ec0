// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The program of C's side, compiled on the spot.
 *
 * @param file where it is
 * @param libuv the version of libuv that it runs with
 */
record CProgram(Path file, String libuv) {
  private static final int MOST_LINES = 20;

  /**
   * Compiles it.
   *
   * @param libuv where libuv is installed; null for that of the system
   * @throws PlayerException if that cannot be: with what is missing, or what gcc says
   */
  static CProgram compile(Path sources, Path target, @Nullable Path libuv, Duration limit)
      throws IOException, InterruptedException {
    Files.createDirectories(target);
    Path program = target.resolve("uvbench");
    List<String> command =
        new ArrayList<>(List.of("gcc", "-std=gnu11", "-O2", "-o", program.toString()));
    if (libuv != null) {
      command.addAll(List.of("-I", includeOf(libuv)));
    }
    try (Stream<Path> all = Files.list(sources)) {
      all.filter(file -> file.toString().endsWith(".c"))
          .map(Path::toString)
          .sorted()
          .forEach(command::add);
    }
    command.addAll(libuv == null ? List.of("-luv") : libraryOf(libuv));
    command.addAll(List.of("-lpthread", "-ldl", "-lrt"));
    make(command, limit);
    return new CProgram(program, versionOf(program, limit));
  }

  private static void make(List<String> command, Duration limit)
      throws IOException, InterruptedException {
    Child started;
    try {
      started = Child.startWithErrors(command, limit);
    } catch (PlayerException e) {
      throw new PlayerException(
          "there is no gcc: install gcc, libc6-dev and libuv1-dev, or leave C out by --contenders,"
              + " and with it all ratios");
    }
    try (Child gcc = started) {
      String said = gcc.readAll();
      if (gcc.waitFor() != 0) {
        throw new PlayerException(whyNot(said));
      }
    }
  }

  /** What is to be done if gcc has said this. */
  static String whyNot(String said) {
    return said.contains("fatal error: uv.h:") || said.contains("cannot find -luv")
        ? "there is no libuv to compile C's program with: install libuv1-dev"
        : "gcc has not made C's program: "
            + said.lines().limit(MOST_LINES).collect(Collectors.joining("\n"));
  }

  private static String versionOf(Path program, Duration limit)
      throws IOException, InterruptedException {
    try (Child child = Child.startWithErrors(List.of(program.toString(), "version"), limit)) {
      String said = child.readAll().strip();
      if (child.waitFor() != 0) {
        throw new PlayerException("C's program does not run: " + said);
      }
      return said;
    }
  }

  private static String includeOf(Path libuv) throws PlayerException {
    Path include = libuv.resolve("include");
    if (!Files.exists(include.resolve("uv.h"))) {
      throw new PlayerException("--libuv " + libuv + ": there is no include/uv.h in it");
    }
    return include.toString();
  }

  private static List<String> libraryOf(Path libuv) throws PlayerException {
    for (String name : List.of("lib", "lib64")) {
      Path lib = libuv.resolve(name).toAbsolutePath();
      if (Files.exists(lib.resolve("libuv.a"))) {
        return List.of(lib.resolve("libuv.a").toString());
      }
      if (Files.exists(lib.resolve("libuv.so"))) {
        return List.of(lib.resolve("libuv.so").toString(), "-Wl,-rpath," + lib);
      }
    }
    throw new PlayerException("--libuv " + libuv + ": there is no lib/libuv.a or .so in it");
  }
}
