// SPDX-License-Identifier: MIT
package io.minilibuv.examples.du;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.examples.cli.Terminal;
import java.util.List;
import org.junit.jupiter.api.Test;

class BarChartTest {
  private static final Terminal ASCII = new Terminal(false, false, false, 51);
  private static final Terminal UNICODE = new Terminal(true, false, true, 51);

  private final Biggest biggest = new Biggest(3);

  @Test
  void theBiggestIsAsWideAsThereIsRoomAndTheOthersAreInProportion() {
    offer("a", 1000);
    offer("long/name", 500);
    offer("c", 1);
    assertThat(lines(ASCII, 2000))
        .containsExactly(
            "    1000 B   50 %  ####################  a",
            "     500 B   25 %  ##########            long/name",
            "       1 B    0 %  #                     c");
  }

  @Test
  void blocksHaveEighths() {
    offer("a", 160);
    offer("b", 83);
    offer("c", 1);
    assertThat(lines(UNICODE, 244))
        .containsExactly(
            "     160 B   66 %  " + "\u2588".repeat(28) + "  a",
            "      83 B   34 %  " + "\u2588".repeat(14) + "\u258b" + " ".repeat(13) + "  b",
            "       1 B    0 %  \u258e" + " ".repeat(27) + "  c");
  }

  @Test
  void aBarIsNeverTooShortToBeSeenAndAPathIsNeverCut() {
    offer("p".repeat(100), 10);
    assertThat(lines(ASCII, 10))
        .containsExactly("      10 B  100 %  ##########  " + "p".repeat(100));
  }

  @Test
  void colourIsAroundTheBar() {
    offer("x|@y", 10);
    assertThat(lines(new Terminal(true, true, false, 41), 10))
        .singleElement()
        .asString()
        .matches("      10 B  100 %  \033\\[36m#{15}\033\\[[0-9;m\033\\[]*  x\\|@y");
  }

  @Test
  void nothingAtAllHasNoBar() {
    offer("empty", 0);
    assertThat(lines(ASCII, 0)).containsExactly("       0 B    0 %  " + " ".repeat(24) + "  empty");
    assertThat(new BarChart(ASCII, 0).lines(List.of())).isEmpty();
  }

  @Test
  void aNameCannotForgeALineAndWhatIsNotAllIsMarked() {
    DiskEntry entry = new DiskEntry(null, "a\nb", true, 10);
    entry.markIncomplete();
    biggest.offer(entry);
    assertThat(lines(ASCII, 10)).singleElement().asString().endsWith("  a\\nb +");
  }

  private List<String> lines(Terminal terminal, long total) {
    return new BarChart(terminal, total).lines(biggest.sorted());
  }

  private void offer(String path, long bytes) {
    biggest.offer(new DiskEntry(null, path, false, bytes));
  }
}
