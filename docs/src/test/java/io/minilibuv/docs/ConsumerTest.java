// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.testing.QuickJava;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Builds a project of a user's, with Maven and what the README says: the coordinates, the BOM, the
 * names of the modules. It finds the library in a local repository as {@code mvn install} makes it,
 * and what else it needs where this build has it from.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the repository is made of symbolic links")
class ConsumerTest {
  private static final int PATIENCE_SECONDS = 300;
  private static final String VERSION = "0.1.0-SNAPSHOT";
  private static final List<String> POMS = List.of("uv-bom", "uv-parent");
  private static final List<String> JARS = List.of("uv-core", "uv-async", "uv-threadpool", "uv-fs");

  private static final String PROGRAM =
      """
      package my;

      import io.minilibuv.async.AsyncHandle;
      import io.minilibuv.core.Loop;
      import io.minilibuv.fs.Fs;
      import io.minilibuv.threadpool.WorkRequest;

      public final class Program {
        public static void main(String[] args) {
          try (Loop loop = Loop.open()) {
            AsyncHandle async = AsyncHandle.init(loop, handle -> handle.close());
            Fs.stat(loop, ".", stat -> System.out.println("directory: " + stat.stat().isDirectory()));
            WorkRequest.queue(loop, request -> async.send(), null);
            loop.run();
          }
          System.out.println("module: " + Program.class.getModule().getName());
        }
      }
      """;

  @TempDir private Path temp;
  private Path repository;

  @BeforeEach
  void installTheLibrary() throws IOException {
    Path real = Path.of(System.getProperty("localRepository"));
    repository = Files.createDirectories(temp.resolve("repository"));
    link(real, repository, "io");
    link(real.resolve("io"), Files.createDirectory(repository.resolve("io")), "minilibuv");
    for (String artifact : POMS) {
      install(
          artifact,
          artifact.equals("uv-parent") ? Path.of("pom.xml") : Path.of(artifact, "pom.xml"));
    }
    for (String artifact : JARS) {
      Path folder = install(artifact, Path.of(artifact, "pom.xml"));
      jar(
          Project.root().resolve(artifact).resolve("target/classes"),
          folder.resolve(artifact + "-" + VERSION + ".jar"));
    }
  }

  @Test
  void aProjectOnTheClassPathCompilesAndRuns() throws Exception {
    Path project = project("");
    mvn(project);
    assertThat(run(project, "java", "-cp", "target/classes:target/lib/*", "my.Program"))
        .endsWith("directory: true\nmodule: null\n");
  }

  @Test
  void aModuleCompilesAndRuns() throws Exception {
    Path project = project(moduleOfTheReadme());
    mvn(project);
    assertThat(
            run(project, "java", "-p", "target/classes:target/lib", "-m", "my.program/my.Program"))
        .endsWith("directory: true\nmodule: my.program\n");
  }

  /**
   * A project whose pom has what the README says, and only the versions of Maven's own plugins
   * besides.
   */
  private Path project(String moduleInfo) throws IOException {
    String readme = Project.text(Project.root().resolve("README.md"));
    String dependencies =
        Pattern.compile("```xml\\n(<dependencyManagement>.*?)```", Pattern.DOTALL)
            .matcher(readme)
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    Path project = Files.createDirectories(temp.resolve("project"));
    Files.writeString(
        project.resolve("pom.xml"),
        """
        <project xmlns="http://maven.apache.org/POM/4.0.0">
          <modelVersion>4.0.0</modelVersion>
          <groupId>my</groupId>
          <artifactId>program</artifactId>
          <version>1</version>
          <properties>
            <maven.compiler.release>17</maven.compiler.release>
            <project.build.sourceEncoding>UTF-8</project.build.sourceEncoding>
          </properties>
          %s
          <build>
            <plugins>
              %s
              %s
              %s
            </plugins>
          </build>
        </project>
        """
            .formatted(
                dependencies, plugin("compiler"), plugin("resources"), plugin("dependency")));
    Path sources = Files.createDirectories(project.resolve("src/main/java/my"));
    Files.writeString(sources.resolve("Program.java"), PROGRAM);
    if (!moduleInfo.isEmpty()) {
      Files.writeString(project.resolve("src/main/java/module-info.java"), moduleInfo);
    }
    return project;
  }

  private static String moduleOfTheReadme() {
    return Pattern.compile("```\\n(module my\\.program \\{.*?\\n}\\n)```", Pattern.DOTALL)
        .matcher(Project.text(Project.root().resolve("README.md")))
        .results()
        .findFirst()
        .orElseThrow()
        .group(1);
  }

  /** The one that this build has used, so that it is there. */
  private static String plugin(String name) {
    String version =
        Pattern.compile("<" + name + "-plugin\\.version>([^<]+)<")
            .matcher(Project.text(Project.root().resolve("pom.xml")))
            .results()
            .findFirst()
            .orElseThrow()
            .group(1);
    return "<plugin><artifactId>maven-%s-plugin</artifactId><version>%s</version></plugin>"
        .formatted(name, version);
  }

  private void mvn(Path project) throws Exception {
    String printed =
        run(
            project,
            "mvn",
            "-B",
            "-q",
            "-o",
            "-Dmaven.repo.local=" + repository,
            "compile",
            "dependency:copy-dependencies",
            "-DincludeScope=runtime",
            "-DoutputDirectory=target/lib");
    assertThat(project.resolve("target/lib/uv-fs-" + VERSION + ".jar")).as(printed).exists();
  }

  private static String run(Path folder, String... command) throws Exception {
    List<String> words = new ArrayList<>(List.of(command));
    if (words.get(0).equals("java")) {
      words.set(0, QuickJava.command());
      words.add(1, "-Dslf4j.internal.verbosity=ERROR");
      words.addAll(1, QuickJava.OPTIONS);
    }
    Path output = folder.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("MAVEN_OPTS", String.join(" ", QuickJava.OPTIONS));
    Process process = builder.start();
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
      String printed = Files.readString(output, UTF_8);
      assertThat(process.exitValue()).as(printed).isZero();
      return printed;
    } finally {
      process.destroyForcibly();
    }
  }

  private Path install(String artifact, Path pom) throws IOException {
    Path folder =
        Files.createDirectories(
            repository.resolve("io/minilibuv").resolve(artifact).resolve(VERSION));
    Files.copy(Project.root().resolve(pom), folder.resolve(artifact + "-" + VERSION + ".pom"));
    return folder;
  }

  /** Makes everything in {@code real} be in {@code folder} too, but for one name. */
  private static void link(Path real, Path folder, String except) throws IOException {
    try (Stream<Path> all = Files.list(real)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        if (!each.getFileName().toString().equals(except)) {
          Files.createSymbolicLink(folder.resolve(each.getFileName()), each);
        }
      }
    }
  }

  private static void jar(Path classes, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file);
        Stream<Path> all = Files.walk(classes)) {
      for (Path each : (Iterable<Path>) all.filter(Files::isRegularFile)::iterator) {
        out.putNextEntry(new JarEntry(classes.relativize(each).toString()));
        Files.copy(each, out);
        out.closeEntry();
      }
    }
  }
}
