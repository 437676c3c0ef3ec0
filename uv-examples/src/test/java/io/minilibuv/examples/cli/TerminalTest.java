// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TerminalTest {

  @Test
  void theFileBehindStandardErrorSettlesIt() {
    assertThat(Terminal.isInteractive("xterm", "/dev/pts/3", false)).isTrue();
    assertThat(Terminal.isInteractive("linux", "/dev/tty1", false)).isTrue();
    assertThat(Terminal.isInteractive("vt220", "/dev/console", false)).isTrue();
    assertThat(Terminal.isInteractive("xterm", "/tmp/log", true)).isFalse();
    assertThat(Terminal.isInteractive("xterm", "pipe:[4711]", true)).isFalse();
    assertThat(Terminal.isInteractive("xterm", "/dev/null", true)).isFalse();
  }

  @Test
  void elsewhereTheConsoleIsTheBestGuess() {
    assertThat(Terminal.isInteractive("xterm", null, true)).isTrue();
    assertThat(Terminal.isInteractive("xterm", null, false)).isFalse();
    assertThat(Terminal.isInteractive(null, null, true)).isTrue();
  }

  @Test
  void aTerminalThatCannotPaintOverALineGetsNoBar() {
    assertThat(Terminal.isInteractive("dumb", "/dev/pts/3", true)).isFalse();
  }

  @Test
  void widthIsTheSecondNumberOrTheUsualOne() {
    assertThat(Terminal.widthOf("24 132\n")).isEqualTo(132);
    assertThat(Terminal.widthOf("0 0\n")).isEqualTo(80);
    assertThat(Terminal.widthOf("")).isEqualTo(80);
    assertThat(Terminal.widthOf("stty: not a tty")).isEqualTo(80);
    assertThat(Terminal.widthOf("24 99999999999")).isEqualTo(80);
  }

  @Test
  void markupIsColourOrNothing() {
    Terminal colourful = new Terminal(true, true, true, 80);
    assertThat(colourful.text("@|bold x|@ y")).startsWith("\033[1mx\033[").endsWith(" y");
    Terminal plain = new Terminal(true, false, true, 80);
    assertThat(plain.text("@|bold x|@ y")).isEqualTo("x y");
  }

  @Test
  void anEncodingThatIsNotKnownIsTheUsualOne() {
    System.setProperty("uv.test.encoding", "UTF-16");
    assertThat(Terminal.charset("uv.test.encoding")).isEqualTo(StandardCharsets.UTF_16);
    System.setProperty("uv.test.encoding", "no-such-one");
    assertThat(Terminal.charset("uv.test.encoding")).isEqualTo(Charset.defaultCharset());
    System.clearProperty("uv.test.encoding");
    assertThat(Terminal.charset("uv.test.encoding")).isEqualTo(Charset.defaultCharset());
  }
}
