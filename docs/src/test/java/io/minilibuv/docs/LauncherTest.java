// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the launcher, the script {@code uv}, in a project of its own with a Maven and with JDKs
 * that only tell how they were called. Their versions are above any real one, so that a JDK of this
 * machine never wins.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the launcher is a POSIX shell script")
class LauncherTest {
  private static final List<String> MODULES =
      List.of("uv-core", "uv-async", "uv-threadpool", "uv-fs", "uv-linux", "uv-examples");

  private static final FileTime LONG_AGO = FileTime.from(Instant.now().minus(Duration.ofHours(2)));
  private static final FileTime AN_HOUR_AGO =
      FileTime.from(Instant.now().minus(Duration.ofHours(1)));

  /**
   * A Maven that makes the program's jar, on a newer JDK that of the module for Linux too, counts
   * its calls, and talks as much as the real one.
   */
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "[INFO] building with $JAVA_HOME"
      echo "$*" >>"$CALLS"
      [ -z "$BROKEN" ] || { echo "[ERROR] it does not compile"; exit 1; }
      mkdir -p uv-examples/target/app
      echo jar >uv-examples/target/app/uv-examples.jar
      grep -q 'VERSION="\\(17\\|21\\)' "$JAVA_HOME/release" && exit
      mkdir -p uv-examples/target/linux
      echo jar >uv-examples/target/linux/uv-linux.jar
      """;

  /** A Java that prints its own place and its arguments, one a line, and ends with a status. */
  private static final String JAVA =
      """
      #!/bin/sh
      echo "$0"
      for argument in "$@"; do echo "<$argument>"; done
      exit "${STATUS:-0}"
      """;

  /** The one line that the first run says, for it takes its time. */
  private static final String BUILDING = "uv: building with JDK [^ ]+ \\(log: .*\\)\n";

  private record Outcome(int status, List<String> out, String err) {}

  @TempDir private Path temp;
  private Path project;
  private Path calls;
  private Path home;

  @BeforeEach
  void makeProject() throws IOException {
    project = Files.createDirectories(temp.resolve("a project"));
    home = Files.createDirectories(temp.resolve("home"));
    calls = temp.resolve("maven-calls");
    Files.copy(Project.root().resolve("uv"), project.resolve("uv"));
    Files.writeString(project.resolve("pom.xml"), "");
    for (String module : MODULES) {
      Path sources = Files.createDirectories(project.resolve(module).resolve("src/main/java"));
      Files.writeString(sources.resolve("One.java"), "");
      Files.writeString(sources.resolve("Two.java"), "");
      Files.writeString(project.resolve(module).resolve("pom.xml"), "");
    }
    age(project, LONG_AGO);
    script(temp.resolve("bin/mvn"), MAVEN);
    script(project.resolve("uv"), Files.readString(project.resolve("uv")));
  }

  @Test
  void runsTheProgramOnTheModulePathWithItsArgumentsAsTheyAre() throws Exception {
    Path jdk = jdk("jdk-99", "99.0.1");
    Outcome outcome = uv("cp", "a b", "", "it's \"$HOME\" *");
    assertThat(outcome.status).isZero();
    assertThat(outcome.out.get(0)).isEqualTo(jdk.resolve("bin/java").toString());
    assertThat(outcome.out)
        .containsSubsequence(
            "<-Duv.program=./uv>",
            "<-p>",
            "<" + target("app") + ":" + target("linux") + ">",
            "<-m>",
            "<io.minilibuv.examples/io.minilibuv.examples.Uv>",
            "<cp>",
            "<a b>",
            "<>",
            "<it's \"$HOME\" *>");
    assertThat(outcome.err).matches(BUILDING);
  }

  @Test
  void hasTheModuleForLinuxOnThePathOnlyWhereTheJdkCanReadIt() throws Exception {
    Path javaHome = temp.resolve("java home");
    for (String version : List.of("17.0.1", "21.0.9")) {
      jdk(javaHome, version);
      assertThat(run(project, List.of("./uv"), "JAVA_HOME=" + javaHome).out)
          .containsSubsequence(
              "<--enable-native-access=org.jline.nativ>", "<-p>", "<" + target("app") + ">");
    }
    assertThat(Files.readAllLines(calls)).hasSize(1);

    // What the older one has built lacks the module.
    for (String version : List.of("22", "22.0.1", "99")) {
      jdk(javaHome, version);
      assertThat(run(project, List.of("./uv"), "JAVA_HOME=" + javaHome).out)
          .containsSubsequence(
              "<--enable-native-access=org.jline.nativ,io.minilibuv.linux>",
              "<-p>",
              "<" + target("app") + ":" + target("linux") + ">");
    }
    assertThat(Files.readAllLines(calls)).hasSize(2);

    jdk(javaHome, "17.0.1");
    assertThat(run(project, List.of("./uv"), "JAVA_HOME=" + javaHome).out)
        .contains("<" + target("app") + ">");
    assertThat(Files.readAllLines(calls)).hasSize(2);
  }

  @Test
  void hasTheSlowCompilerWorkForWhatIsWorthIt() throws Exception {
    jdk("jdk-99", "99");
    String quick = "<-XX:TieredStopAtLevel=1>";
    assertThat(uv("-v", "hash", "cp").out).contains("<hash>").doesNotContain(quick);
    assertThat(uv("-v", "cp", "hash").out).contains("<hash>", quick);
    assertThat(uv().out).contains(quick);
  }

  @Test
  void passesTheStatusThrough() throws Exception {
    jdk("jdk-99", "99");
    assertThat(run(project, List.of("./uv"), "STATUS=7").status).isEqualTo(7);
  }

  @Test
  void picksTheNewestJdkAndSaysSoOnlyWhenAsked() throws Exception {
    jdk("a", "99.0.9");
    Path newest = jdk("b", "99.0.10");
    jdk("c", "99.0.8");
    Outcome quiet = uv();
    assertThat(quiet.out.get(0)).isEqualTo(newest.resolve("bin/java").toString());
    assertThat(quiet.err).matches(BUILDING);
    assertThat(uv().err).isEmpty();

    Outcome verbose = uv("-v", "cp");
    assertThat(verbose.err).isEqualTo("uv: JDK 99.0.10 at " + newest + "\n");
    assertThat(verbose.out).containsSubsequence("<-v>", "<cp>");
  }

  @Test
  void takesJavaHomeBeforeAnyNewerOne() throws Exception {
    jdk("a", "99.0.1");
    Path javaHome = jdk(temp.resolve("java home"), "17.0.1");
    Outcome outcome = run(project, List.of("./uv", "-v"), "JAVA_HOME=" + javaHome);
    assertThat(outcome.out.get(0)).isEqualTo(javaHome.resolve("bin/java").toString());
    assertThat(outcome.err).startsWith("uv: JDK 17.0.1 at " + javaHome + "\n");
  }

  @Test
  void passesOverAJavaHomeThatIsTooOldOrNoJdk() throws Exception {
    Path newest = jdk("a", "99.0.1");
    Path old = jdk(temp.resolve("old"), "11.0.9");
    for (Path javaHome : List.of(old, temp.resolve("nowhere"))) {
      Outcome outcome = run(project, List.of("./uv"), "JAVA_HOME=" + javaHome);
      assertThat(outcome.out.get(0)).isEqualTo(newest.resolve("bin/java").toString());
    }
  }

  @Test
  void takesAnEarlyAccessJdkAndOneThatOnlyPathKnows() throws Exception {
    jdk("a", "99.0.1");
    Path onPath = jdk(temp.resolve("elsewhere"), "100-ea");
    Files.createSymbolicLink(temp.resolve("bin/java"), onPath.resolve("bin/java"));
    assertThat(uv().out.get(0)).isEqualTo(onPath.resolve("bin/java").toString());
  }

  @Test
  void passesOverWhatIsNoJdk() throws Exception {
    Path jdk = jdk("a", "99");
    Files.delete(jdk("runtime-only", "100").resolve("bin/javac"));
    Files.writeString(jdk("unreadable", "101").resolve("release"), "JAVA_VERSION=\"what?\"\n");
    assertThat(uv().out.get(0)).isEqualTo(jdk.resolve("bin/java").toString());
  }

  @Test
  void buildsOnFirstUseAndSaysSo() throws Exception {
    Path jdk = jdk("a", "99");
    Outcome outcome = uv("-v");
    assertThat(outcome.err)
        .contains("uv: JDK 99 at " + jdk)
        .contains("uv: building with JDK 99 ")
        .doesNotContain("[INFO]");
    assertThat(outcome.out).noneMatch(line -> line.contains("[INFO]"));
    assertThat(project.resolve("target/uv-build.log"))
        .content()
        .contains("[INFO] building with " + jdk);
    assertThat(calls).content().contains("-pl uv-examples -am package");

    assertThat(uv("-v").err).doesNotContain("building");
    assertThat(Files.readAllLines(calls)).hasSize(1);
  }

  @Test
  void buildsAgainWhenASourceIsNewer() throws Exception {
    jdk("a", "99");
    uv();
    age(project.resolve("uv-examples/target"), AN_HOUR_AGO);
    Files.writeString(project.resolve("uv-fs/src/main/java/One.java"), "changed");
    uv();
    uv();
    assertThat(Files.readAllLines(calls)).hasSize(2);
  }

  @Test
  void buildsAgainWhenASourceIsGone() throws Exception {
    jdk("a", "99");
    uv();
    age(project.resolve("uv-examples/target"), AN_HOUR_AGO);
    Files.delete(project.resolve("uv-core/src/main/java/Two.java"));
    uv();
    assertThat(Files.readAllLines(calls)).hasSize(2);
  }

  @Test
  void takesWhatMavenBuiltWithoutIt() throws Exception {
    jdk("a", "99");
    Files.writeString(Files.createDirectories(target("app")).resolve("uv-examples.jar"), "");
    Files.writeString(Files.createDirectories(target("linux")).resolve("uv-linux.jar"), "");
    assertThat(uv().status).isZero();
    assertThat(calls).doesNotExist();
  }

  @Test
  void tellsWhyABuildFailed() throws Exception {
    jdk("a", "99");
    Outcome outcome = run(project, List.of("./uv", "cp"), "BROKEN=yes");
    assertThat(outcome.status).isEqualTo(1);
    assertThat(outcome.out).isEmpty();
    assertThat(outcome.err)
        .contains("[ERROR] it does not compile")
        .contains("uv: the build failed");
  }

  @Test
  void worksFromAnywhereAndThroughLinks() throws Exception {
    jdk("a", "99");
    Path elsewhere = Files.createDirectories(temp.resolve("else where"));
    Path direct = Files.createSymbolicLink(temp.resolve("direct"), project.resolve("uv"));
    Files.createSymbolicLink(
        elsewhere.resolve("u v"), Path.of("..", direct.getFileName().toString()));
    Outcome outcome = run(elsewhere, List.of("./u v", "x"));
    assertThat(outcome.err).matches(BUILDING);
    assertThat(outcome.status).isZero();
    assertThat(outcome.out).contains("<" + target("app") + ":" + target("linux") + ">", "<x>");
  }

  /** Java would open a file of its own under the number, and the program would read that. */
  @Test
  void whatIsClosedHasSomethingInItsPlaceThatCannotBeUsed() throws Exception {
    Path jdk = jdk("a", "99");
    script(
        jdk.resolve("bin/java"),
        """
        #!/bin/sh
        if echo x >&0; then echo 'input can only be written to' >&2; fi
        if cat <&1; then echo 'output can only be read' >&2; fi
        """);
    uv();
    assertThat(run(project, List.of("sh", "-c", "exec ./uv <&-")).err)
        .contains("input can only be written to")
        .doesNotContain("output can");
    assertThat(run(project, List.of("sh", "-c", "exec ./uv </dev/null >&-")).err)
        .contains("output can only be read")
        .doesNotContain("input can");
  }

  private Path target(String folder) throws IOException {
    return project.toRealPath().resolve("uv-examples/target").resolve(folder);
  }

  private Outcome uv(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("./uv"));
    command.addAll(List.of(arguments));
    return run(project, command);
  }

  private Outcome run(Path folder, List<String> command, String... environment) throws Exception {
    Path out = Files.createTempFile(temp, "out", "");
    Path err = Files.createTempFile(temp, "err", "");
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().clear();
    builder.environment().put("PATH", temp.resolve("bin") + ":/usr/bin:/bin");
    builder.environment().put("HOME", home.toString());
    builder.environment().put("CALLS", calls.toString());
    for (String variable : environment) {
      String[] parts = variable.split("=", 2);
      builder.environment().put(parts[0], parts[1]);
    }
    Process process = builder.start();
    try {
      process.getOutputStream().close();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("the launcher ends").isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Outcome(
        process.exitValue(), Files.readAllLines(out, UTF_8), Files.readString(err, UTF_8));
  }

  /** A JDK where SDKMAN keeps them. */
  private Path jdk(String name, String version) throws IOException {
    return jdk(home.resolve(".sdkman/candidates/java").resolve(name), version);
  }

  private static Path jdk(Path folder, String version) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(
        folder.resolve("release"),
        "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\nOS_NAME=\"Any\"\n");
    script(folder.resolve("bin/java"), JAVA);
    script(folder.resolve("bin/javac"), JAVA);
    return folder;
  }

  private static void script(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private static void age(Path folder, FileTime time) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.toList()) {
        Files.setLastModifiedTime(path, time);
      }
    }
  }
}
