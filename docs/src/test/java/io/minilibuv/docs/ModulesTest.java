// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    List<String> path = List.of("-p", UserBuild.jars());
    assertThat(UserBuild.compile(folder.resolve("classes"), path, module, program)).isEmpty();

    Path output = folder.resolve("output");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-p",
                folder.resolve("classes") + File.pathSeparator + UserBuild.jars(),
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
}
