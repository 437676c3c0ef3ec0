// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Has a program mind modes, which the superuser need not. */
public final class Restricted {
  private Restricted() {}

  /** What to run a program under, so that it cannot read {@code unreadable}. */
  public static List<String> from(Path unreadable) {
    if (!Files.isReadable(unreadable)) {
      return List.of();
    }
    assumeTrue(
        Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
            .anyMatch(folder -> Files.isExecutable(Path.of(folder, "setpriv"))),
        "the superuser may read everything, and there is no setpriv to take that away");
    return List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search", "--");
  }
}
