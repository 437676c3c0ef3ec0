// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Programs that are started for each round. */
class LaunchTest {
  private static final Path HOME = Path.of(System.getProperty("java.home"));

  private static final Duration LIMIT = Duration.ofMinutes(5);

  private static List<String> java(String... words) {
    List<String> command = new ArrayList<>();
    command.add(HOME.resolve("bin/java").toString());
    command.addAll(
        List.of("-Dminilibuv.backend=nio", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(words));
    return command;
  }

  @Test
  void aRoundIsTheLifeOfOneProgram() throws Exception {
    try (Launch launch =
        new Launch(Contender.UV_17_NIO, java(Hello.class.getName()), Hello.WORD, LIMIT)) {
      Measure measure = launch.round();
      assertThat(measure.work()).isEqualTo(1);
      assertThat(measure.wallNanos()).isPositive();
      assertThat(measure.cpuNanos()).isNotNegative();
      assertThat(launch.round().work()).isEqualTo(1);
      assertThat(launch.end()).isNull();
    }
  }

  @Test
  void whoSaysSomethingElseOrFailsHasNotDoneIt() {
    assertThatExceptionOfType(PlayerException.class)
        .isThrownBy(() -> new Launch(Contender.C, java("--version"), Hello.WORD, LIMIT).round())
        .withMessageStartingWith("C libuv: it has ended with 0, and said: ");
    assertThatExceptionOfType(PlayerException.class)
        .isThrownBy(
            () ->
                new Launch(Contender.C, java(Driver.class.getName(), "x", "y"), "", LIMIT).round())
        .withMessageStartingWith("C libuv: it has ended with 1, and said: failed ");
  }

  @Test
  void onlyWhoHasEpollHasItsModuleAndOnlyWhoHasAnArchiveIsToldOfIt() {
    List<Path> classPath =
        List.of(
            Path.of("lib/uv-core.jar"),
            Path.of("lib/uv-linux.jar"),
            Path.of("lib/netty-common.jar"));
    Map<Contender, Path> jdks =
        Map.of(
            Contender.UV_17_NIO, HOME,
            Contender.UV_25_CDS, HOME,
            Contender.UV_25_NIO_CDS, HOME,
            Contender.NETTY, HOME,
            Contender.UV_25_NIO, HOME);
    Commands commands =
        new Commands(
            Map.of(Contender.C, new CProgram(Path.of("uvbench"), "1.44.2")),
            jdks,
            classPath,
            Path.of("cds"),
            Set.of(
                Contender.C,
                Contender.UV_25_CDS,
                Contender.UV_25_NIO_CDS,
                Contender.NETTY,
                Contender.UV_17_NIO),
            LIMIT);
    Row row = Row.of("tick", "tick", "loop-tick", "n=1").against(Contender.NETTY);
    assertThat(commands.contendersOf(row))
        .containsExactly(Contender.C, Contender.UV_17_NIO, Contender.NETTY);
    assertThat(commands.contendersOf(row.against(Contender.UV_25_CDS)))
        .containsExactly(Contender.C, Contender.UV_25_CDS, Contender.UV_17_NIO);
    assertThat(commands.withSizes()).containsExactly(Contender.C, Contender.UV_17_NIO);
    assertThat(commands.of(Contender.C, row.onOneCore()))
        .containsExactly("taskset", "-c", Cores.first(), "uvbench", "loop-tick", "n=1");
    assertThat(commands.of(Contender.UV_17_NIO, row))
        .contains("-Dminilibuv.backend=nio", "lib/uv-core.jar:lib/netty-common.jar")
        .endsWith(Driver.class.getName(), "uv", "loop-tick", "n=1");
    assertThat(commands.helloOf(Contender.UV_17_NIO))
        .containsExactly(
            HOME.resolve("bin/java").toString(),
            "-Dminilibuv.backend=nio",
            "-cp",
            "lib/uv-core.jar",
            Hello.class.getName());
    assertThat(commands.helloOf(Contender.UV_25_CDS))
        .contains(
            "-XX:AOTMode=on",
            "-XX:AOTCache=cds/hello-epoll.aot",
            "-Dminilibuv.backend=epoll",
            "lib/uv-core.jar:lib/uv-linux.jar");
    assertThat(commands.helloOf(Contender.UV_25_NIO_CDS))
        .contains(
            "-XX:AOTMode=on",
            "-XX:AOTCache=cds/hello-nio.aot",
            "-Dminilibuv.backend=nio",
            "lib/uv-core.jar");
  }

  /** The libuv of {@code --libuv} is one more contender, by its version. */
  @Test
  void whoHasAnotherLibuvTakesPartWithItsProgramAndByItsVersion() {
    Commands commands =
        new Commands(
            Map.of(Contender.OTHER_C, new CProgram(Path.of("other/uvbench"), "1.52.1")),
            Map.of(),
            List.of(),
            Path.of("cds"),
            Set.of(Contender.values()),
            LIMIT);
    Row row = Row.of("tick", "tick", "loop-tick", "n=1");
    assertThat(commands.contendersOf(row)).containsExactly(Contender.OTHER_C);
    assertThat(commands.withSizes()).containsExactly(Contender.OTHER_C);
    assertThat(commands.of(Contender.OTHER_C, row))
        .containsExactly("other/uvbench", "loop-tick", "n=1");
    assertThat(commands.helloOf(Contender.OTHER_C)).containsExactly("other/uvbench", "hello");
    assertThat(commands.sizesOf(Contender.OTHER_C)).containsExactly("other/uvbench", "sizes");
    assertThat(commands.labels()).containsExactly(Map.entry(Contender.OTHER_C, "C libuv 1.52.1"));
  }
}
