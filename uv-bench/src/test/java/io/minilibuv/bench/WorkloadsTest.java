// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What contenders do in a round, in this process. */
class WorkloadsTest {
  @TempDir Path folder;
  private Path tree = Path.of("");

  @BeforeEach
  void makeTree() throws Exception {
    tree = folder.resolve("tree");
    Files.createDirectories(tree.resolve("a/b"));
    for (String file : List.of("one", "a/two", "a/b/three")) {
      Files.writeString(tree.resolve(file), file.repeat(100));
    }
  }

  /**
   * Small numbers, and files that are there, instead of those of the row. The milliseconds stay: in
   * a few, a busy machine may do nothing.
   */
  private Keys keys(Row row) {
    TreeMap<String, String> keys = new TreeMap<>(row.keys());
    keys.replace("n", "10");
    keys.replace("handles", "10");
    keys.replace("flight", "3");
    keys.replace("size", "100");
    boolean isTree = row.work().endsWith("-tree");
    keys.replace("path", (isTree ? tree : tree.resolve("a/two")).toString());
    keys.replace("to", folder.resolve("copy").toString());
    return new Keys(keys);
  }

  private static long work(Row row) {
    return switch (row.work()) {
      case "ping-pong" -> 20;
      case "copy-file" -> 1;
      case "copy-tree", "keep-tree" -> 6;
      default -> 10;
    };
  }

  private static boolean isHere(Contender contender) {
    return contender != Contender.C
        && contender != Contender.UV_25_CDS
        && (contender != Contender.VIRTUAL || Runtime.version().feature() >= 21);
  }

  @Test
  void whoTakesPartInARowDoesItsWorkInEachRound() throws Exception {
    for (Row row : Rows.all(new Fixtures(folder, 1, 1))) {
      List<Contender> contenders = new ArrayList<>(row.peers());
      contenders.add(Contender.UV_17_NIO);
      contenders.removeIf(contender -> !isHere(contender));
      for (Contender contender : row.isStartUp() ? List.<Contender>of() : contenders) {
        Workload workload = Workloads.of(contender.driverName(), row.work(), keys(row));
        playTwice(row, contender, workload);
      }
    }
  }

  private static void playTwice(Row row, Contender contender, Workload workload) throws Exception {
    for (int i = 0; i < 2; i++) {
      workload.prepare();
      long done = workload.round();
      workload.check(done);
      if (row.work().equals("million-async")) {
        assertThat(done).isPositive();
      } else {
        assertThat(done).as(row.name() + " of " + contender).isEqualTo(work(row));
      }
    }
    workload.close();
  }

  @Test
  void whoHasNoCounterpartSaysSo() {
    Keys keys = Keys.parse(List.of("n=1", "flight=1"));
    for (String contender : List.of("uv", "netty", "vertx", "executor")) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Workloads.of(contender, "no-such-row", keys))
          .withMessageContaining("no-such-row");
    }
  }

  @Test
  void aCopyThatLacksSomethingIsNotOne() throws Exception {
    Census census = Census.of(tree);
    assertThat(census).isEqualTo(new Census(6, 1700));
    census.check(tree, 6);
    assertThatIllegalStateException()
        .isThrownBy(() -> census.check(tree, 5))
        .withMessage("counted 5, expected 6");
    Files.writeString(tree.resolve("one"), "");
    assertThatIllegalStateException()
        .isThrownBy(() -> census.check(tree, 6))
        .withMessage("counted 1400, expected 1700");
  }
}
