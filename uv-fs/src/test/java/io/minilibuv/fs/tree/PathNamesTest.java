// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PathNamesTest {

  @Test
  void joinPutsOneSeparatorBetween() {
    assertThat(PathNames.join("a", "b")).isEqualTo("a/b");
    assertThat(PathNames.join("a/", "b")).isEqualTo("a/b");
    assertThat(PathNames.join("/", "b")).isEqualTo("/b");
    assertThat(PathNames.join(".", "b")).isEqualTo("./b");
  }

  @Test
  void theSystemHasItsNamesBelowDevAndProc() {
    assertThat(PathNames.isOfSystem("/dev/stdout")).isTrue();
    assertThat(PathNames.isOfSystem("/proc/1/fd/1")).isTrue();
    assertThat(PathNames.isOfSystem("/dev/shm/file")).isFalse();
    assertThat(PathNames.isOfSystem("/devices/x")).isFalse();
    assertThat(PathNames.isOfSystem("dev/x")).isFalse();
    // Names of files that Java has no path for.
    assertThat(PathNames.isOfSystem("/dev/\uDCFF")).isTrue();
    assertThat(PathNames.isOfSystem("/tmp/\uDCFF/x")).isFalse();
  }

  @Test
  void baseNameIsTheLastName() {
    assertThat(PathNames.baseName("a")).isEqualTo("a");
    assertThat(PathNames.baseName("x/y/a b")).isEqualTo("a b");
    assertThat(PathNames.baseName("/x/a//")).isEqualTo("a");
    assertThat(PathNames.baseName("..")).isEqualTo("..");
    assertThat(PathNames.baseName("/")).isEmpty();
  }

  @Test
  void slashesAtTheEndCanBeLeftOut() {
    assertThat(PathNames.withoutSlashes("x/a//")).isEqualTo("x/a");
    assertThat(PathNames.withoutSlashes("a")).isEqualTo("a");
    assertThat(PathNames.withoutSlashes("//")).isEqualTo("//");
  }

  @Test
  void parentIsWhereTheLastNameIs() {
    assertThat(PathNames.parent("a")).isEqualTo(".");
    assertThat(PathNames.parent("a/")).isEqualTo(".");
    assertThat(PathNames.parent("x/a")).isEqualTo("x");
    assertThat(PathNames.parent("x//a/")).isEqualTo("x");
    assertThat(PathNames.parent("/a")).isEqualTo("/");
    assertThat(PathNames.parent("//a")).isEqualTo("/");
    assertThat(PathNames.parent("x/../a")).isEqualTo("x/..");
  }

  @Test
  void temporaryNameIsHiddenBesideItsTargetAndTellsOfIt() {
    assertThat(PathNames.temporary("x/report.txt", 42, 7)).isEqualTo("x/.report.txt.uv-42-7.tmp");
    assertThat(PathNames.temporary("a", 1, 0)).isEqualTo("./.a.uv-1-0.tmp");
    assertThat(PathNames.temporary("a", 1, 0)).isNotEqualTo(PathNames.temporary("a", 1, 1));
  }

  @Test
  void temporaryNameFitsWhereTheNameItselfJustFits() {
    for (String letter : new String[] {"x", "\u00e4", "\u20ac", "\ud83d\ude00"}) {
      String longest = "b" + letter.repeat(254 / letter.getBytes(UTF_8).length);
      String name = PathNames.baseName(PathNames.temporary(longest, 1 << 22, Long.MAX_VALUE));
      assertThat(name.getBytes(UTF_8).length).as(letter).isLessThanOrEqualTo(255);
      assertThat(UTF_8.newEncoder().canEncode(name)).as("no half of a character: " + name).isTrue();
    }
  }
}
