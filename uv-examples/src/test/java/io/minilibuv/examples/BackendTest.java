// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.fs.FsBackend;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What these tests run on: the module for Linux where that can be, and {@code java.nio} where it
 * cannot, and in the run of them that asks for it by {@code minilibuv.backend}.
 */
class BackendTest {
  private static final boolean ON_LINUX = Program.hasNamesOfBytes();

  @TempDir private Path temp;

  @Test
  void theProgramsThatTestsStartAreOnIt() throws Exception {
    Files.writeString(temp.resolve("file"), "content");
    List<String> said = Program.in(temp).run("-v", "cp", "file", "copy").err();
    assertThat(said)
        .anyMatch(line -> line.matches(".* opened loop \\S+ on " + (ON_LINUX ? "epoll" : "nio")))
        .anyMatch(line -> line.endsWith(" are made by " + (ON_LINUX ? "linux" : "java.nio")));
  }

  @Test
  void andSoAreLoopsOfTests() {
    assertThat(FsBackend.system().equals(FsBackend.nio())).isEqualTo(!ON_LINUX);
  }
}
