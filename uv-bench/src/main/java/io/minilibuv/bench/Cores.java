// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The processors that this process may run on, which need not begin with the first. */
final class Cores {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String ALLOWED = "Cpus_allowed_list:";

  private Cores() {}

  /** The first of them; 0 where nobody tells. */
  static String first() {
    try {
      return Files.exists(STATUS) ? first(Files.readAllLines(STATUS)) : "0";
    } catch (IOException e) {
      return "0";
    }
  }

  /** Reads it in what the system says, such as {@code 2-3,7}. */
  static String first(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(ALLOWED))
        .map(line -> line.substring(ALLOWED.length()).strip().split("[-,]", 2)[0])
        .filter(core -> core.matches("\\d+"))
        .findFirst()
        .orElse("0");
  }
}
