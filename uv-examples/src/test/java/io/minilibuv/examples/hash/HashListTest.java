// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopOptions;
import io.minilibuv.examples.cli.Failures;
import io.minilibuv.examples.cli.Progress;
import io.minilibuv.fs.FsObserver;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsType;
import io.minilibuv.threadpool.ThreadPool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class HashListTest {
  @TempDir private Path temp;
  private final ThreadPool pool = new ThreadPool(1);
  private final Loop loop = Loop.open(new LoopOptions().with(ThreadPool.OF_LOOP, pool));
  private final Failures failures = new Failures();
  private final HashList list = new HashList(loop, failures);

  @AfterEach
  void closeLoop() {
    loop.shutdown();
    pool.close();
  }

  @Test
  void aTreeIsItsFilesInTheOrderOfTheirPathsBytes() throws IOException {
    for (String name : new String[] {"b", "a/b", "a-b", "a", "a.b/c", "Z", "\u00e4"}) {
      Path path = temp.resolve(name.equals("a") ? "a/a" : name);
      Files.createDirectories(path.getParent());
      Files.write(path, new byte[10]);
    }
    add(temp.toString());
    assertThat(list.paths())
        .containsExactlyElementsOf(
            List.of("Z", "a-b", "a.b/c", "a/a", "a/b", "b", "\u00e4").stream()
                .map(name -> temp + "/" + name)
                .toList());
    Progress.Amount amount = list.progress(() -> 7);
    assertThat(amount.expected()).isEqualTo(70);
    assertThat(amount.done()).isEqualTo(7);
    assertThat(amount.isExpectedFinal()).isTrue();
  }

  @Test
  void bytesSortAsCodePointsDoAndNotAsCharsDo() {
    assertThat(HashList.compareBytes("\uffee", "\ud83d\ude00")).isNegative();
    assertThat(HashList.compareBytes("\ud83d\ude00", "\ud83d\ude01")).isNegative();
    assertThat(HashList.compareBytes("a", "a\ud83d\ude01")).isNegative();
    assertThat(HashList.compareBytes("a/b", "a-b")).isPositive();
    assertThat(HashList.compareBytes("\u00e4", "z")).isPositive();
    assertThat(HashList.compareBytes("x", "x")).isZero();
    // Bytes that are no text: 80 is before all letters that are not ASCII, and FF after them.
    assertThat(HashList.compareBytes("a\udc80", "a\u00e4")).isNegative();
    assertThat(HashList.compareBytes("a\udcff", "a\uffee")).isPositive();
    assertThat(HashList.compareBytes("a\udcff", "a\ud83d\ude00")).isPositive();
    assertThat(HashList.compareBytes("a\udcffb", "a\udcffa")).isPositive();
  }

  @Test
  void whatIsNamedComesInItsOrderWhateverItIs() throws IOException {
    Path b = Files.write(temp.resolve("b"), new byte[5]);
    Path a = Files.write(temp.resolve("a"), new byte[5]);
    for (String name : new String[] {b.toString(), "-", a.toString(), temp + "/missing"}) {
      add(name);
    }
    assertThat(list.paths()).containsExactly(b.toString(), "-", a.toString(), temp + "/missing");
    assertThat(list.found()).isEqualTo(4);
    assertThat(failures.count()).as("that will be told when it is opened").isZero();
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no FIFOs, and seldom links")
  void linksInATreeAreLeftAloneAndOtherThingsAreCounted() throws Exception {
    Path tree = Files.createDirectories(temp.resolve("tree"));
    Files.write(tree.resolve("f"), new byte[5]);
    Files.createSymbolicLink(tree.resolve("l"), Path.of("f"));
    Files.createSymbolicLink(tree.resolve("up"), Path.of(".."));
    Files.createSymbolicLink(temp.resolve("link"), Path.of("tree"));
    assertThat(new ProcessBuilder("mkfifo", tree.resolve("p").toString()).start().waitFor())
        .isZero();
    add(temp.resolve("link").toString());
    assertThat(list.paths()).containsExactly(temp + "/link/f");
    assertThat(list.others()).isEqualTo(1);
  }

  @Test
  void aDirectoryThatGoesMeanwhileIsAFailure() throws IOException {
    Path tree = Files.createDirectories(temp.resolve("tree"));
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsDelivered(Loop loop, FsRequest request) {
            if (request.fsType() == FsType.STAT) {
              delete(tree);
            }
          }
        });
    add(tree.toString());
    assertThat(list.paths()).isEmpty();
    assertThat(failures.lines())
        .containsExactly("ENOENT: no such file or directory, lstat '" + tree + "/'");
  }

  @Test
  void stoppedItHasWhatWasFound() throws IOException {
    for (int i = 0; i < 100; i++) {
      Files.createFile(temp.resolve("f" + i));
    }
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsDelivered(Loop loop, FsRequest request) {
            if (list.found() == 10) {
              list.stop();
            }
          }
        });
    add(temp.toString());
    assertThat(list.paths()).hasSizeBetween(10, 99).isSorted();
    assertThat(failures.count()).isZero();
  }

  private void add(String name) {
    list.add(name);
    loop.run();
    list.settle();
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
