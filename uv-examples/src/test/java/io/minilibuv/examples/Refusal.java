// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.cli.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * Command lines that make no sense, which {@code uv} refuses before it does anything. So they need
 * no process of their own; that a process ends with the status, and tells why on the right stream,
 * is what {@code CpTargetTest} has one for each kind of refusal for.
 */
public final class Refusal {
  private static final Terminal NOBODY = new Terminal(false, false, false, 80);

  private Refusal() {}

  /** Expects that the command line is refused, for {@code why}, and what helps is told. */
  public static void assertRefused(String why, String... arguments) throws Exception {
    Program.Outcome outcome = of(arguments);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err()).containsExactly("uv: " + why, "Try 'uv " + arguments[0] + " --help'");
  }

  /** What the program says to {@code arguments}, in this process. */
  private static Program.Outcome of(String... arguments) throws Exception {
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(told, true, UTF_8));
    System.setErr(new PrintStream(said, true, UTF_8));
    try {
      int status = LiveProgram.patiently(() -> Uv.commandLine(NOBODY).execute(arguments));
      return new Program.Outcome(status, lines(told), lines(said));
    } finally {
      System.setOut(out);
      System.setErr(err);
    }
  }

  private static List<String> lines(ByteArrayOutputStream text) {
    return text.toString(UTF_8).lines().toList();
  }
}
