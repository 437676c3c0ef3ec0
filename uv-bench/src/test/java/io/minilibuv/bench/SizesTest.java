// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** How much memory one more handle keeps, as it is asked for and told. */
class SizesTest {
  private static final List<String> SAID =
      List.of(
          "size timer 152", "size started-timer 152", "size async 128", "size work 1", "size fs 2");

  private static Commands commands() {
    List<Path> classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .toList();
    Map<Contender, Path> jdks =
        Map.of(Contender.UV_17_NIO, Path.of(System.getProperty("java.home")));
    return new Commands(
        Map.of(),
        jdks,
        classPath,
        Path.of("none"),
        Set.of(Contender.values()),
        Duration.ofMinutes(5));
  }

  @Test
  void allKindsAreToldAndNothingElse() throws Exception {
    assertThat(Sizes.parse(SAID)).containsEntry("timer", 152L).containsEntry("fs", 2L).hasSize(5);
    for (List<String> wrong :
        List.of(List.of("size timer"), List.of("size timer x"), List.of("failed EMFILE"))) {
      assertThatExceptionOfType(PlayerException.class)
          .isThrownBy(() -> Sizes.parse(wrong))
          .withMessage("not understood: " + wrong.get(0));
    }
    assertThatExceptionOfType(PlayerException.class)
        .isThrownBy(() -> Sizes.parse(SAID.subList(0, 3)))
        .withMessage("no size of work, fs");
  }

  /** An object has a header, and a handle some fields and two links. */
  @Test
  void javaTellsWhatItsHandlesKeep() throws Exception {
    Sizes sizes = Sizes.measure(commands());
    assertThat(sizes.failures()).isEmpty();
    assertThat(sizes.bytes()).containsOnlyKeys(Contender.UV_17_NIO);
    assertThat(sizes.bytes().get(Contender.UV_17_NIO))
        .containsOnlyKeys(Sizes.KINDS.keySet())
        .allSatisfy((kind, bytes) -> assertThat(bytes).as(kind).isBetween(32L, 2000L));
  }

  @Test
  void thePageAndJsonTellThem() throws Exception {
    Sizes sizes =
        new Sizes(
            Map.of(Contender.C, Sizes.parse(SAID)), Map.of(Contender.UV_17_NIO, "it has ended"));
    Report report = new Report(Map.of(), Map.of(), List.of(), List.of(), sizes);
    assertThat(MarkdownReport.of(report))
        .contains("| | C libuv |\n|---|---|\n| timer | 152 B |")
        .contains("| async handle | 128 B |")
        .contains("- memory: failed. it has ended");
    assertThat(JsonReport.of(report))
        .contains("\"timer\" : 152")
        .contains("\"uv, JDK 17, nio\" : \"it has ended\"");
  }
}
