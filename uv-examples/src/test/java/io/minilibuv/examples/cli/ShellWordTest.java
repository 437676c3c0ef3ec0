// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ShellWordTest {
  @Test
  void isQuotedWhereAShellWouldMakeSomethingElseOfIt() {
    assertThat(ShellWord.of("./a-b_c/d.e")).isEqualTo("./a-b_c/d.e");
    assertThat(ShellWord.of("a b")).isEqualTo("'a b'");
    assertThat(ShellWord.of("it's")).isEqualTo("'it'\\''s'");
    assertThat(ShellWord.of("")).isEqualTo("''");
  }

  @Test
  void whatCannotBeShownIsEscaped() {
    assertThat(ShellWord.of("it's\n\\ \udcff")).isEqualTo("$'it\\'s\\n\\\\ \\xff'");
  }
}
