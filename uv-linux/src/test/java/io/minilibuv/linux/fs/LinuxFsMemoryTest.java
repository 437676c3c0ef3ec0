// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.linux.Jvm;
import io.minilibuv.testing.Stress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any number of operations leaves memory and descriptors where they were, those that fail included.
 */
class LinuxFsMemoryTest {
  private static final int OPERATIONS = Stress.size(50_000, 1_000_000);

  /**
   * What the JVM's own code and classes still take after some rounds. A round is some 100
   * operations: a long path that is lost once in each is more than that, and in the long form some
   * hundred bytes.
   */
  private static final long SLACK = 1 << 20;

  @TempDir Path folder;

  @Test
  void memoryIsWhereItWas() throws Exception {
    Path dir = Files.createDirectory(folder.resolve("dir"));
    // The C library would have each thread take memory of its own, when it first wants some.
    Map<String, String> environment = Map.of("MALLOC_ARENA_MAX", "1");
    List<String> printed =
        new Jvm(folder.resolve("output"))
            .with(ManyOperations.JVM_OPTIONS)
            .run(ManyOperations.class, environment, dir.toString(), String.valueOf(OPERATIONS));
    assertThat(printed).singleElement().asString().matches("\\d+ \\d+ \\d+ \\d+");
    long[] told = Stream.of(printed.get(0).split(" ")).mapToLong(Long::parseLong).toArray();
    assertThat(told[1] - told[0]).as(printed.get(0)).isLessThan(SLACK);
    assertThat(told[3]).as(printed.get(0)).isEqualTo(told[2]);
  }
}
