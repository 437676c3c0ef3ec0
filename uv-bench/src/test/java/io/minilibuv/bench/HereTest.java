// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is found on a machine, and made on it. */
class HereTest {
  @TempDir Path folder;

  private Path jdk(String name, String version) throws IOException {
    Path home = Files.createDirectories(folder.resolve(name));
    Files.writeString(home.resolve("release"), "JAVA_VERSION=\"" + version + "\"\n");
    return home;
  }

  @Test
  void theChosenJdkComesFirstAndThenTheNewest() throws Exception {
    Path floor = jdk("seventeen", "17.0.15");
    Path old = jdk("old", "25.0.9");
    Path newer = jdk("newer", "25.0.10");
    Path newest = jdk("newest", "26");
    Path other = jdk("eight", "1.8.0_392");
    int any = Integer.MAX_VALUE;
    assertThat(Jdks.find(List.of(old, floor, newest, newer), 25, any)).contains(old);
    assertThat(Jdks.find(List.of(floor, old, newer, other), 25, any)).contains(newer);
    assertThat(Jdks.find(List.of(floor, old, newest, newer), 25, any)).contains(newest);
    assertThat(Jdks.find(List.of(newest, old, floor), 17, 17)).contains(floor);
    assertThat(Jdks.find(List.of(floor, other), 25, any)).isEmpty();
  }

  @Test
  void theFirstCoreIsOneThatIsAllowed() {
    assertThat(Cores.first(List.of("Name:\tjava", "Cpus_allowed_list:\t2-3,7"))).isEqualTo("2");
    assertThat(Cores.first(List.of("Cpus_allowed_list:\t5"))).isEqualTo("5");
    assertThat(Cores.first(List.of("Cpus_allowed_list:\t1,3"))).isEqualTo("1");
    assertThat(Cores.first(List.of())).isEqualTo("0");
  }

  @Test
  void whatIsMissingForCIsOnlyToldIfItIs() {
    assertThat(CProgram.whyNot("uvbench.h:8:10: fatal error: uv.h: No such file or directory"))
        .contains("install libuv1-dev");
    assertThat(CProgram.whyNot("/usr/bin/ld: cannot find -luv: No such file"))
        .contains("install libuv1-dev");
    assertThat(CProgram.whyNot("fs.c:3:1: error: expected ';'"))
        .contains("fs.c:3:1: error: expected ';'")
        .doesNotContain("install");
  }

  @Test
  void aFolderWithoutLibuvIsRefused() {
    assertThatExceptionOfType(PlayerException.class)
        .isThrownBy(
            () -> CProgram.compile(folder, folder.resolve("c"), folder, Duration.ofMinutes(1)))
        .withMessage("--libuv " + folder + ": there is no include/uv.h in it");
  }

  @Test
  void whatARunThatWasKilledHasLeftIsRemovedAndWhatIsWholeIsKept() throws Exception {
    Files.createDirectories(folder.resolve("tree~123/directory0"));
    Files.createFile(folder.resolve("large~"));
    Files.createDirectories(folder.resolve("tree-3~"));
    Fixtures fixtures = new Fixtures(folder, 1, 3);
    fixtures.make();
    try (var all = Files.list(folder)) {
      assertThat(all)
          .containsExactlyInAnyOrder(fixtures.small(), fixtures.large(), fixtures.tree());
    }
    Files.writeString(fixtures.small(), "kept");
    fixtures.make();
    assertThat(fixtures.small()).hasContent("kept");
  }

  @Test
  void aFullDiskIsSaidWithThePath() {
    assertThat(
            Fixtures.failure(Path.of("files/large-1"), new IOException("No space left on device")))
        .hasMessage("ENOSPC: no space left on device: files/large-1");
    assertThat(Fixtures.failure(Path.of("files/tree-1"), new IOException("Read-only file system")))
        .hasMessageContaining("files/tree-1")
        .hasMessageContaining("Read-only file system");
  }

  @Test
  void rowsOfAnotherSizeSaySo() {
    Fixtures fixtures = new Fixtures(folder, 7, 30);
    assertThat(Rows.all(fixtures).stream().map(fixtures::titled).map(Row::title))
        .contains("copy of a large file, 7 MiB", "copy of a tree, 30 files", "stat sync");
    Fixtures usual = new Fixtures(folder, Plan.MEGABYTES, Plan.FILES);
    assertThat(Rows.all(usual).stream().map(usual::titled).map(Row::title))
        .contains("copy of a large file", "copy of a tree");
  }

  @Test
  void theReportOfTheRunBeforeIsKeptFromTheFirstWordOn() throws Exception {
    Path report = folder.resolve("report");
    Path previous = folder.resolve("report-previous");
    for (String run : List.of("first", "second", "third")) {
      ReportFolder writer = new ReportFolder(folder);
      assertThat(report.resolve(run)).doesNotExist();
      writer.write(run, run);
      writer.write("more", run);
    }
    assertThat(report.resolve("third")).hasContent("third");
    assertThat(report.resolve("second")).doesNotExist();
    assertThat(previous.resolve("second")).hasContent("second");
    assertThat(previous.resolve("more")).hasContent("second");
    assertThat(previous.resolve("first")).doesNotExist();
  }
}
