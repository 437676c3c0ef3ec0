// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.threadpool.WorkRequest;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;

/**
 * Holds that our modules are enough for a user's module: it is compiled and run with them and slf4j
 * on its module path, and nothing else. What we use only to check ourselves is not missed.
 */
class ModulesTest {
  private static final String MODULE =
      """
      module user {
        requires io.minilibuv.fs;
      }
      """;

  private static final String PROGRAM =
      """
      package user;

      import io.minilibuv.core.Loop;
      import io.minilibuv.core.TimerHandle;

      final class Program {
        private Program() {}

        public static void main(String[] arguments) {
          try (Loop loop = Loop.open()) {
            TimerHandle timer = TimerHandle.init(loop);
            timer.setData("ticked in " + timer.getClass().getModule().getName());
            timer.start(handle -> handle.close(closed -> System.out.println(closed.data())), 1, 0);
            loop.run();
          }
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void aUsersModuleNeedsNothingElse() throws Exception {
    Path module = Files.writeString(folder.resolve("module-info.java"), MODULE);
    Path program =
        Files.writeString(
            Files.createDirectories(folder.resolve("user")).resolve("Program.java"), PROGRAM);
    assertThat(compile(List.of(module, program))).isEmpty();

    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                folder.resolve("classes") + System.getProperty("path.separator") + modulePath(),
                "-m",
                "user/user.Program")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(output).content().contains("ticked in io.minilibuv.core");
    assertThat(process.exitValue()).isZero();
  }

  /** What the compiler has to say, with all its warnings on. */
  private String compile(List<Path> sources) throws Exception {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, UTF_8)) {
      List<String> options =
          List.of("-d", folder.resolve("classes").toString(), "-p", modulePath(), "-Xlint:all");
      compiler
          .getTask(
              complaints, files, null, options, null, files.getJavaFileObjectsFromPaths(sources))
          .call();
    }
    return complaints.toString();
  }

  private static String modulePath() {
    return Stream.of(
            Loop.class, AsyncHandle.class, WorkRequest.class, FsRequest.class, Logger.class)
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().toString())
        .map(location -> Path.of(URI.create(location)).toString())
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }
}
