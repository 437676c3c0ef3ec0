// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The program of C's side, compiled on the spot. */
final class CProgram {
  private CProgram() {}

  /**
   * Compiles it.
   *
   * @throws PlayerException if that cannot be: with what is missing
   */
  static Path compile(Path sources, Path target) throws IOException, InterruptedException {
    Files.createDirectories(target);
    Path program = target.resolve("uvbench");
    List<String> command =
        new ArrayList<>(List.of("gcc", "-std=gnu11", "-O2", "-o", program.toString()));
    try (Stream<Path> all = Files.list(sources)) {
      all.filter(file -> file.toString().endsWith(".c")).map(Path::toString).forEach(command::add);
    }
    command.addAll(List.of("-luv", "-lpthread"));
    Process gcc;
    try {
      gcc = new ProcessBuilder(command).inheritIO().start();
    } catch (IOException e) {
      throw new PlayerException("there is no gcc: install gcc, libc6-dev and libuv1-dev");
    }
    if (gcc.waitFor() != 0) {
      throw new PlayerException(
          "gcc has not made C's program: install libc6-dev and libuv1-dev, if those are missing");
    }
    return program;
  }
}
