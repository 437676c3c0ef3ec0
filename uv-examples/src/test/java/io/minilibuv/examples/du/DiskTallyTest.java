// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.fs.FsStat;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiskTallyTest {
  private static final int FILE = FsStat.S_IFREG;
  private static final int DIRECTORY = FsStat.S_IFDIR;

  private final List<String> counted = new ArrayList<>();
  private final DiskTally one = tally(false);
  private final DiskTally several = tally(true);

  @Test
  void aFileIsInItsParentAndADirectoryIsNotYet() {
    DiskEntry root = one.count(null, "r", stat(1, DIRECTORY, 3, 4096));
    DiskEntry sub = one.count(root, "r/d", stat(2, DIRECTORY, 2, 4096));
    one.count(sub, "r/d/f", stat(3, FILE, 1, 10));
    assertThat(sub.bytes()).isEqualTo(4106);
    assertThat(root.bytes()).isEqualTo(4096);
    assertThat(one.bytes()).isEqualTo(8202);
    assertThat(counted).containsExactly("r", "r/d", "r/d/f");
  }

  @Test
  void aFileWithSeveralNamesGoesToTheOneThatSortsFirstInWhateverOrderTheyCome() {
    for (List<String> order : List.of(List.of("b/x", "a/x", "a/y"), List.of("a/y", "a/x", "b/x"))) {
      counted.clear();
      DiskTally tally = tally(false);
      DiskEntry root = tally.count(null, "r", stat(1, DIRECTORY, 4, 0));
      DiskEntry a = tally.count(root, "r/a", stat(2, DIRECTORY, 2, 0));
      DiskEntry b = tally.count(root, "r/b", stat(3, DIRECTORY, 2, 0));
      for (String name : order) {
        tally.count(name.startsWith("a") ? a : b, "r/" + name, stat(9, FILE, 3, 100));
      }
      assertThat(tally.bytes()).isZero();
      tally.settle();
      assertThat(a.bytes()).isEqualTo(100);
      assertThat(b.bytes()).isZero();
      assertThat(root.bytes()).as("all directories above").isEqualTo(100);
      assertThat(tally.bytes()).isEqualTo(100);
      assertThat(tally.entries()).isEqualTo(6);
      assertThat(counted).containsExactly("r", "r/a", "r/b", "r/a/x");
      tally.settle();
      assertThat(root.bytes()).as("settled once").isEqualTo(100);
    }
  }

  @Test
  void theSameNumberOnAnotherDeviceIsAnotherFile() {
    DiskEntry root = one.count(null, "r", stat(1, DIRECTORY, 2, 0));
    one.count(root, "r/a", stat(9, FILE, 2, 100));
    one.count(root, "r/b", statOn(77, 9, FILE, 2, 100));
    one.settle();
    assertThat(root.bytes()).isEqualTo(200);
  }

  @Test
  void whatWasInOneTreeIsNotCountedInTheNext() {
    DiskEntry a = several.count(null, "a", stat(1, DIRECTORY, 2, 1));
    several.count(a, "a/f", stat(2, FILE, 1, 10));
    several.count(a, "a/l", stat(3, FILE, 2, 100));
    several.settle();
    assertThat(several.count(null, "a/f", stat(2, FILE, 1, 10))).isNull();
    assertThat(several.count(null, "a", stat(1, DIRECTORY, 2, 1))).isNull();
    DiskEntry b = several.count(null, "b", stat(5, DIRECTORY, 2, 1));
    several.count(b, "b/l", stat(3, FILE, 2, 100));
    several.settle();
    assertThat(b.bytes()).isEqualTo(1);
    assertThat(several.count(null, "b/l", stat(3, FILE, 2, 100))).isNull();
    assertThat(several.bytes()).isEqualTo(112);
  }

  @Test
  void whereFilesHaveNoNumbersEachIsAnother() {
    assertThat(several.count(null, "a", stat(0, FILE, 1, 10))).isNotNull();
    assertThat(several.count(null, "b", stat(0, FILE, 1, 10))).isNotNull();
    assertThat(several.bytes()).isEqualTo(20);
  }

  private DiskTally tally(boolean severalTrees) {
    return new DiskTally(FsStat::size, severalTrees, entry -> counted.add(entry.path()));
  }

  private static FsStat stat(long ino, int mode, long nlink, long size) {
    return statOn(1, ino, mode, nlink, size);
  }

  private static FsStat statOn(long dev, long ino, int mode, long nlink, long size) {
    return StatBuilder.stat(dev, ino, mode, nlink, size);
  }
}
