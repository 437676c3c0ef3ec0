// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;

/**
 * What standard output or standard error can show.
 *
 * @param interactive whether a person is watching, so that a line may be painted over
 * @param colour whether colours are wanted, and can be shown
 * @param unicode whether there is more than ASCII
 * @param width columns
 */
public record Terminal(boolean interactive, boolean colour, boolean unicode, int width) {
  private static final int USUAL_WIDTH = 80;

  /** Finds out about this process's standard output. */
  public static Terminal ofStdout() {
    return of(1, "stdout.encoding");
  }

  /** Finds out about this process's standard error. */
  public static Terminal ofStderr() {
    return of(2, "stderr.encoding");
  }

  /** Whether standard output is a terminal, whatever that can show. */
  static boolean isStdoutATerminal() {
    String file = fileOf(1);
    return isInteractive(null, file, file == null && hasConsole());
  }

  private static Terminal of(int fd, String encoding) {
    Map<String, String> env = System.getenv();
    String file = fileOf(fd);
    boolean interactive = isInteractive(env.get("TERM"), file, file == null && hasConsole());
    return new Terminal(
        interactive,
        interactive && env.getOrDefault("NO_COLOR", "").isEmpty(),
        charset(encoding).newEncoder().canEncode('█'),
        interactive ? askWidth() : USUAL_WIDTH);
  }

  /** Makes text of picocli's markup, {@code @|bold,red text|@}: with colours, or without. */
  public String text(String markup) {
    return ansi().string(markup);
  }

  /** Whether picocli is to use colours. */
  public Ansi ansi() {
    return colour ? Ansi.ON : Ansi.OFF;
  }

  /**
   * Decides by what can be known.
   *
   * @param term the kind of terminal, as the environment has it
   * @param file what is behind the descriptor, where the system tells it: that settles it
   * @param console whether standard input and output are a terminal: then standard error is likely
   *     to be one
   */
  static boolean isInteractive(@Nullable String term, @Nullable String file, boolean console) {
    if ("dumb".equals(term)) {
      return false;
    }
    if (file != null) {
      return file.startsWith("/dev/pts/")
          || file.startsWith("/dev/tty")
          || file.equals("/dev/console");
    }
    return console;
  }

  /** The second number of {@code 24 80}, as stty prints it. */
  static int widthOf(String sizes) {
    String[] numbers = sizes.strip().split(" ", -1);
    if (numbers.length == 2 && numbers[1].matches("[0-9]{1,4}")) {
      int width = Integer.parseInt(numbers[1]);
      return width > 0 ? width : USUAL_WIDTH;
    }
    return USUAL_WIDTH;
  }

  private static @Nullable String fileOf(int fd) {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/" + fd)).toString();
    } catch (IOException | UnsupportedOperationException e) {
      return null;
    }
  }

  // Without a terminal, JDKs before 22 answer null. Later ones may not, and have a method to ask.
  @SuppressWarnings("SystemConsoleNull")
  private static boolean hasConsole() {
    Console console = System.console();
    try {
      return console != null
          && Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  static Charset charset(String property) {
    String name = System.getProperty(property, System.getProperty("sun." + property));
    return name != null && Charset.isSupported(name)
        ? Charset.forName(name)
        : Charset.defaultCharset();
  }

  /** Java cannot ask a terminal for its size; where there is a program that can, it is quick. */
  private static int askWidth() {
    try {
      Process stty = new ProcessBuilder("stty", "size").redirectInput(new File("/dev/tty")).start();
      byte[] sizes = stty.getInputStream().readAllBytes();
      return widthOf(new String(sizes, StandardCharsets.US_ASCII));
    } catch (IOException e) {
      return USUAL_WIDTH;
    }
  }
}
