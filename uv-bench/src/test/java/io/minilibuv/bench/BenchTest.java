// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the bench is asked for, and refuses. */
class BenchTest {
  @TempDir Path home;

  private String refused(String... words) {
    List<String> all = new ArrayList<>(List.of("--home", home.toString()));
    all.addAll(List.of(words));
    StringWriter said = new StringWriter();
    int status =
        new CommandLine(new Bench())
            .setErr(new PrintWriter(said))
            .execute(all.toArray(String[]::new));
    assertThat(status).as(said.toString()).isEqualTo(2);
    return said.toString();
  }

  @Test
  void numbersAreTooSmallWithClearWords() {
    assertThat(refused("--rounds", "0")).startsWith("--rounds is to be 1 or more, and not 0");
    assertThat(refused("--warm-ups", "-1")).startsWith("--warm-ups is to be 0 or more");
    assertThat(refused("--files", "0")).startsWith("--files is to be 1 or more");
    assertThat(refused("--large", "-5")).startsWith("--large is to be 1 or more");
    assertThat(refused("--limit", "0")).startsWith("--limit is to be 1 or more");
  }

  @Test
  void rowsThatAreNotThereAreRefusedAndTheLastReportStays() throws Exception {
    Path report = Files.createDirectories(home.resolve("target/report")).resolve("report.md");
    Files.writeString(report, "last");
    assertThat(refused("--rows", "no-such")).startsWith("--rows no-such: there is no such row");
    assertThat(refused("--rows", "none")).startsWith("--rows none: there is no such row");
    assertThat(refused("--growth", "--rows", "no-such")).startsWith("--rows no-such:");
    assertThat(report).hasContent("last");
  }
}
