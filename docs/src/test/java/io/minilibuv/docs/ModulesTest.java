// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.testing.QuickJava;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
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
            System.out.println("waited with " + loop.backendName());
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

    assertThat(run("-p", folder.resolve("classes") + File.pathSeparator + UserBuild.jars()))
        .containsExactly("ticked in io.minilibuv.core", "waited with nio");
  }

  /** Nobody names the module for Linux: it is enough that it is on the path, and it is silent. */
  @Test
  @EnabledOnOs(value = OS.LINUX, disabledReason = "the module is for Linux")
  @EnabledForJreRange(minVersion = 22, disabledReason = "the module is for JDK 22 and newer")
  void theModuleForLinuxIsFoundWhereItIsOnThePath() throws Exception {
    Path module = Files.writeString(folder.resolve("module-info.java"), MODULE);
    Path program =
        Files.writeString(
            Files.createDirectories(folder.resolve("user")).resolve("Program.java"), PROGRAM);
    Path classes = folder.resolve("classes");
    List<String> path = List.of("-p", UserBuild.jars());
    assertThat(UserBuild.compile(classes, path, module, program)).isEmpty();
    String modules = String.join(File.pathSeparator, classes.toString(), UserBuild.jars(), linux());
    assertThat(run("--enable-native-access=io.minilibuv.linux", "-p", modules))
        .containsExactly("ticked in io.minilibuv.core", "waited with epoll");
  }

  private static String linux() throws ReflectiveOperationException, URISyntaxException {
    Class<?> provider = Class.forName("io.minilibuv.linux.poll.EpollProvider");
    return Path.of(provider.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }

  /** The lines that the program prints, to either stream. */
  private List<String> run(String... options) throws IOException, InterruptedException {
    Path output = folder.resolve("output");
    List<String> command = new ArrayList<>();
    command.add(QuickJava.command());
    command.addAll(QuickJava.OPTIONS);
    command.addAll(List.of(options));
    command.addAll(List.of("-m", "user/user.Program"));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readAllLines(output).stream().filter(line -> !line.startsWith("SLF4J")).toList();
  }
}
