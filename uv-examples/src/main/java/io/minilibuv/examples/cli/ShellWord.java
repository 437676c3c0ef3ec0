// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

/** Words of a command line that a person may copy from the screen. */
public final class ShellWord {
  /** The system property in which the launcher tells how it was called. */
  private static final String PROGRAM = "uv.program";

  private ShellWord() {}

  /** How this program was called, as far as that is known. */
  public static String program() {
    return of(System.getProperty(PROGRAM, "uv"));
  }

  /**
   * {@code text} as a shell takes it for one word. What cannot be shown is told by escapes, which
   * bash and zsh know.
   */
  public static String of(String text) {
    if (!Printable.line(text).equals(text)) {
      return "$'" + Printable.line(text.replace("\\", "\\\\").replace("'", "\\'")) + "'";
    }
    return text.matches("[A-Za-z0-9_./:@%+,=-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
