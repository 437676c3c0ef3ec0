// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import java.io.Console;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What standard error can show.
 *
 * @param interactive whether a person is watching, so that a line may be painted over
 * @param colour whether colours are wanted
 * @param unicode whether there is more than ASCII
 * @param width columns
 */
record Terminal(boolean interactive, boolean colour, boolean unicode, int width) {
  private static final int USUAL_WIDTH = 80;

  /** Finds out about this process's standard error. */
  static Terminal ofStderr() {
    Map<String, String> env = System.getenv();
    String stderr = stderrFile();
    boolean interactive = isInteractive(env.get("TERM"), stderr, stderr == null && hasConsole());
    return new Terminal(
        interactive,
        env.getOrDefault("NO_COLOR", "").isEmpty(),
        stderrCharset().newEncoder().canEncode('█'),
        interactive ? askWidth() : USUAL_WIDTH);
  }

  /**
   * Decides by what can be known.
   *
   * @param term the kind of terminal, as the environment has it
   * @param stderr the file behind standard error, where the system tells it: that settles it
   * @param console whether standard input and output are a terminal: then standard error is likely
   *     to be one
   */
  static boolean isInteractive(@Nullable String term, @Nullable String stderr, boolean console) {
    if ("dumb".equals(term)) {
      return false;
    }
    if (stderr != null) {
      return stderr.startsWith("/dev/pts/")
          || stderr.startsWith("/dev/tty")
          || stderr.equals("/dev/console");
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

  private static @Nullable String stderrFile() {
    try {
      return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
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

  private static Charset stderrCharset() {
    String name = System.getProperty("stderr.encoding", System.getProperty("sun.stderr.encoding"));
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
