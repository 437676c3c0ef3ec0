// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.core.internal.Providers;
import io.minilibuv.testing.QuickJava;
import io.minilibuv.threadpool.ThreadPool;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Runs a main class of these tests in a process of its own: as another user, or with limits that
 * this process must not have.
 *
 * <p>The class path is a copy, since another user may not be able to read where the classes are; it
 * has none of the test libraries.
 */
final class FsChild {
  /** Whether this process may do all, and become somebody else. */
  static final boolean ROOT = FsErrors.LINUX && Fs.stat("/proc/self").uid() == 0;

  /** Becomes somebody who owns nothing, and runs what follows. */
  static final List<String> AS_NOBODY =
      List.of("setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups");

  static final long NOBODY = 65534;

  private static final int MAX_SECONDS = 120;

  private final Path scratch;
  private final List<String> before;

  private FsChild(Path scratch, List<String> before) {
    this.scratch = scratch;
    this.before = before;
  }

  /**
   * A process that {@code before}, a command, is to run.
   *
   * @param scratch a directory, which everybody can look into from then on
   */
  static FsChild in(Path scratch, List<String> before) throws IOException {
    Fs.chmod(scratch.toString(), 0755);
    Path copies = Files.createDirectories(scratch.resolve("classes"));
    int number = 0;
    for (Path part : parts()) {
      copy(part, copies.resolve("part" + number++ + (Files.isDirectory(part) ? "" : ".jar")));
    }
    return new FsChild(scratch, before);
  }

  /** A user who may not do everything: this one, or nobody if this is root. */
  static FsChild ofOrdinaryUser(Path scratch) throws IOException {
    return in(scratch, ROOT ? AS_NOBODY : List.of());
  }

  private static Set<Path> parts() {
    Set<Path> parts = new LinkedHashSet<>();
    for (Class<?> type :
        List.of(
            FsChild.class,
            Fs.class,
            ThreadPool.class,
            AsyncHandle.class,
            Loop.class,
            LoggerFactory.class,
            FsBackend.system().getClass())) {
      try {
        parts.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()));
      } catch (URISyntaxException e) {
        throw new AssertionError(e);
      }
    }
    return parts;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path each : (Iterable<Path>) all::iterator) {
        Path copy = to.resolve(from.relativize(each).toString());
        if (from.equals(each)) {
          copy = to;
        }
        if (Files.isDirectory(each)) {
          Files.createDirectories(copy);
          Fs.chmod(copy.toString(), 0755);
        } else {
          Files.copy(each, copy);
          Fs.chmod(copy.toString(), 0644);
        }
      }
    }
  }

  /** Whether such a process can be started here at all. */
  boolean isPossible() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.addAll(List.of(QuickJava.command(), "-version"));
    try {
      return start(command).waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Runs {@code main}, which has to end well, and gives all that it has printed. */
  List<String> run(Class<?> main, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(before);
    command.addAll(
        List.of(
            QuickJava.command(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            // What the JVM would open beside us, in threads of its own.
            "-XX:-UsePerfData",
            "-XX:-UseContainerSupport",
            "-XX:-UseDynamicNumberOfCompilerThreads",
            "-Dslf4j.internal.verbosity=ERROR"));
    command.addAll(sameBackend());
    command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath()), main.getName()));
    command.addAll(List.of(arguments));
    Process process = start(command);
    try {
      boolean ended = process.waitFor(MAX_SECONDS, TimeUnit.SECONDS);
      String told = Files.readString(scratch.resolve("out")) + err();
      assertEquals(true, ended, "ended: " + told);
      assertEquals(0, process.exitValue(), told);
    } finally {
      process.destroyForcibly();
    }
    return Files.readAllLines(scratch.resolve("out"));
  }

  /** What has a JVM work on the backend that this one works on, if its class path has that. */
  static List<String> sameBackend() {
    List<String> options = new ArrayList<>();
    String choice = System.getProperty(Providers.CHOICE);
    if (choice != null) {
      options.add("-D" + Providers.CHOICE + "=" + choice);
    }
    if (!TestedBackend.NIO) {
      // JVMs warn of calls to the system that nobody has allowed.
      options.add("--enable-native-access=ALL-UNNAMED");
    }
    return options;
  }

  private Process start(List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .directory(scratch.toFile())
        .redirectInput(new File("/dev/null"))
        .redirectOutput(scratch.resolve("out").toFile())
        .redirectError(scratch.resolve("err").toFile())
        .start();
  }

  private String err() throws IOException {
    return Files.readString(scratch.resolve("err"));
  }

  private List<String> classPath() throws IOException {
    try (Stream<Path> parts = Files.list(scratch.resolve("classes"))) {
      return parts.map(Path::toString).sorted().toList();
    }
  }
}
