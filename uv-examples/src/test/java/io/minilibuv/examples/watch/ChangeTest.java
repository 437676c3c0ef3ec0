// SPDX-License-Identifier: MIT
package io.minilibuv.examples.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.fs.FsEventHandle;
import org.junit.jupiter.api.Test;

/** The lines that {@code uv watch} prints. */
class ChangeTest {
  @Test
  void isALineThatSaysWhatHappened() {
    assertThat(Change.of("a", "dir/a", FsEventHandle.CHANGE).line()).isEqualTo("change dir/a");
    assertThat(Change.of("a", "dir/a", FsEventHandle.RENAME).line()).isEqualTo("rename dir/a");
    assertThat(Change.of("a", "a", FsEventHandle.RENAME | FsEventHandle.CHANGE).line())
        .isEqualTo("rename a");
    assertThat(Change.of(null, "dir", FsEventHandle.CHANGE).line()).isEqualTo("overflow dir");
    assertThat(Change.of("a\nb", "a\nb", FsEventHandle.CHANGE).line()).isEqualTo("change a\\nb");
  }
}
