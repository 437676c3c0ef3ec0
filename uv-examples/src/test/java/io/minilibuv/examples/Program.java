// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.core.Appender;
import io.minilibuv.async.AsyncHandle;
import io.minilibuv.core.Loop;
import io.minilibuv.fs.Fs;
import io.minilibuv.testing.QuickJava;
import io.minilibuv.threadpool.ThreadPool;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.tongfei.progressbar.ProgressBar;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import picocli.CommandLine;

/** The program {@code uv}, run as its users run it: a process of its own, on the module path. */
public final class Program {
  private static final int PATIENCE_SECONDS = 100;

  /** What a run has come to. */
  public record Outcome(int status, List<String> out, List<String> err) {}

  private static final String BACKEND = "minilibuv.backend";

  /** A type of the module for Linux, or null where that is not: before JDK 22. */
  private static final @Nullable Class<?> FOR_LINUX = forLinux();

  private final Path directory;
  private final List<String> under = new ArrayList<>();
  private final List<String> java = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();
  private String input = "";

  private Program(Path directory) {
    this.directory = directory;
    // Java knows the bytes of names that are not ASCII only in a locale that has them.
    environment.put("LC_ALL", "C.UTF-8");
  }

  /** The program, with {@code directory} as its working directory. */
  public static Program in(Path directory) {
    return new Program(directory);
  }

  /** Has another program run it. */
  public Program under(List<String> command) {
    under.addAll(command);
    return this;
  }

  /** Gives Java options of its own. */
  public Program withJava(String... options) {
    java.addAll(List.of(options));
    return this;
  }

  /** Gives a variable of the environment a value. */
  public Program with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** Gives it something to read on standard input, through a pipe; nothing unless set. */
  public Program reading(String text) {
    input = text;
    return this;
  }

  /** Runs it to its end. */
  public Outcome run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile("uv-program", ".out");
    Path err = Files.createTempFile("uv-program", ".err");
    try {
      Process process =
          builder(arguments).redirectOutput(out.toFile()).redirectError(err.toFile()).start();
      feed(process);
      int status = statusOf(process);
      return new Outcome(status, Files.readAllLines(out, UTF_8), Files.readAllLines(err, UTF_8));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** What fits into a pipe is written at once; a program that does not read it may have ended. */
  private void feed(Process process) {
    try (OutputStream stdin = process.getOutputStream()) {
      stdin.write(input.getBytes(UTF_8));
    } catch (IOException e) {
      assertThat(e).hasMessageContaining("pipe");
    }
  }

  /**
   * Does what Ctrl-C does, and gives the status that a process has which this has ended. Where
   * SIGINT is ignored, as in what a shell has started with {@code &}, it is SIGTERM: the JVM takes
   * them alike.
   */
  public static int interrupt(Process process) throws IOException, InterruptedException {
    String signal = ignoresSigint() ? "TERM" : "INT";
    Process kill =
        new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid())).inheritIO().start();
    assertThat(statusOf(kill)).isZero();
    return 128 + (signal.equals("INT") ? 2 : 15);
  }

  /** Processes inherit from this one what they ignore. */
  private static boolean ignoresSigint() throws IOException, InterruptedException {
    // A shell cannot trap what was ignored when it was started.
    Process shell =
        new ProcessBuilder("sh", "-c", "trap 'exit 7' INT; kill -INT $$; exit 0").start();
    return statusOf(shell) == 0;
  }

  /** How it is to be run. */
  public ProcessBuilder builder(String... arguments) {
    List<String> command = new ArrayList<>(under);
    command.add(QuickJava.command());
    command.addAll(QuickJava.OPTIONS);
    command.addAll(Start.ARCHIVE);
    command.addAll(java);
    command.addAll(Start.PROGRAM);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("UV_") || name.equals("TERM"));
    builder.environment().putAll(environment);
    return builder;
  }

  /**
   * Whether the program's file calls are those of the module for Linux, where names are bytes; else
   * they are those of nio, where names are text in the locale's encoding.
   */
  public static boolean hasNamesOfBytes() {
    return FOR_LINUX != null
        && System.getProperty("os.name").equals("Linux")
        && !"nio".equals(System.getProperty(BACKEND));
  }

  /** Waits for a process, and takes its status. */
  public static int statusOf(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("it ends").isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private static @Nullable Class<?> forLinux() {
    try {
      return Class.forName(
          "io.minilibuv.linux.poll.EpollProvider", false, Program.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /** What all starts have in common, made before the first. */
  private static final class Start {
    /** The options of Java for the program, and its main class. */
    private static final List<String> PROGRAM = new ArrayList<>();

    /** The options by which it finds its classes loaded. */
    private static final List<String> ARCHIVE;

    static {
      try {
        QuickJava quick = new QuickJava();
        if (FOR_LINUX != null) {
          PROGRAM.add("--enable-native-access=io.minilibuv.linux");
        }
        String backend = System.getProperty(BACKEND);
        if (backend != null) {
          PROGRAM.add("-D" + BACKEND + "=" + backend);
        }
        PROGRAM.addAll(List.of("-p", quick.jars(modulePath())));
        PROGRAM.addAll(List.of("-m", "io.minilibuv.examples/io.minilibuv.examples.Uv"));
        ARCHIVE = archive(quick);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Start() {}

    /** The classes of a copy: what is read and written, and what tells of it. */
    private static List<String> archive(QuickJava quick) throws IOException {
      Path folder = Files.createTempDirectory("uv-program");
      Path file = Files.createFile(folder.resolve("file"));
      try {
        List<String> copy = new ArrayList<>(PROGRAM);
        copy.addAll(List.of("cp", "file", "copy"));
        return quick.archive(folder, copy);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      } finally {
        Files.deleteIfExists(folder.resolve("copy"));
        Files.delete(file);
        Files.delete(folder);
      }
    }
  }

  /** Where the modules come from that the program runs on; a type of each. */
  private static String modulePath() {
    Stream<Class<?>> types =
        Stream.of(
            Uv.class,
            Loop.class,
            AsyncHandle.class,
            ThreadPool.class,
            Fs.class,
            CommandLine.class,
            ProgressBar.class,
            Terminal.class,
            Logger.class,
            ch.qos.logback.classic.Logger.class,
            Appender.class);
    return Stream.concat(types, Stream.ofNullable(FOR_LINUX))
        .map(type -> type.getProtectionDomain().getCodeSource().getLocation().toString())
        .map(location -> Path.of(URI.create(location)).toString())
        .collect(Collectors.joining(System.getProperty("path.separator")));
  }
}
