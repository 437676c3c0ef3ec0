// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Trees that are deeper or wider than any stack or queue would like: walked, copied, removed. */
class LargeTreeTest extends TreeFixture {

  @Test
  void aThousandLevels() throws Exception {
    Path deep = temp.resolve("r");
    Files.createDirectory(deep);
    for (int level = 1; level < 1000; level++) {
      deep = deep.resolve("d");
      Files.createDirectory(deep);
    }
    Files.writeString(deep.resolve("f"), "bottom");
    assertThatTheStackDoesNotGrow();
    check(new TreeResult(1, 1000, 0, 0, 6, 0, 0, List.of()));
  }

  @Test
  void tenThousandEntries() throws Exception {
    Files.createDirectory(temp.resolve("r"));
    for (int i = 0; i < 10_000; i++) {
      if (i % 2 == 0) {
        Files.createFile(temp.resolve("r/" + i));
      } else {
        Files.createDirectory(temp.resolve("r/" + i));
      }
    }
    check(new TreeResult(5_000, 5_001, 0, 0, 0, 0, 0, List.of()));
  }

  /** A directory that is left at once, and takes the one above with it, is not gone into. */
  private void assertThatTheStackDoesNotGrow() {
    Set<Long> depths = new HashSet<>();
    TreeVisitor visitor =
        new TreeVisitor() {
          @Override
          public Next enter(TreeEntry entry) {
            return Next.CONTINUE;
          }

          @Override
          public Next leave(TreeEntry directory) {
            depths.add(StackWalker.getInstance().walk(Stream::count));
            return Next.CONTINUE;
          }
        };
    value(FsTrees.walkTree(loop, at("r"), visitor));
    assertThat(depths).hasSizeLessThan(5);
  }

  private void check(TreeResult expected) {
    assertThat(value(FsTrees.walkTree(loop, at("r"), everything()))).isEqualTo(expected);
    assertThat(value(FsTrees.copyTree(loop, at("r"), at("copy")))).isEqualTo(expected);
    assertThat(value(FsTrees.walkTree(loop, at("copy"), everything()))).isEqualTo(expected);
    assertThat(value(FsTrees.removeTree(loop, at("copy")))).isEqualTo(expected);
    assertThat(value(FsTrees.removeTree(loop, at("r")))).isEqualTo(expected);
    assertThat(temp).isEmptyDirectory();
  }
}
