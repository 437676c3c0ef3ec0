// SPDX-License-Identifier: MIT
package io.minilibuv.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.minilibuv.core.Loop;
import io.minilibuv.core.RunMode;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsEventHandle;
import io.minilibuv.fs.FsFile;
import io.minilibuv.fs.FsFlags;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.TreeResult;
import io.minilibuv.testing.LeakCheck;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Runs the recipes of the cookbook. */
@ExtendWith(LeakCheck.class)
class FsCookbookTest {
  @TempDir Path dir;

  private final Loop loop = Loop.open();

  @AfterEach
  void shutDown() {
    loop.shutdown();
  }

  private String file(String text) throws IOException {
    return Files.writeString(dir.resolve("file"), text).toString();
  }

  private static void append(String path, String text) {
    try (FsFile file = FsFile.open(path, FsFlags.O_WRONLY | FsFlags.O_APPEND, 0)) {
      file.write(ByteBuffer.wrap(text.getBytes(UTF_8)));
    }
  }

  /** Runs the loop, which belongs to this thread, until {@code condition} holds. */
  private void runUntil(Callable<Boolean> condition) {
    await()
        .pollInSameThread()
        .until(
            () -> {
              loop.run(RunMode.NOWAIT);
              return condition.call();
            });
  }

  @Test
  void readsAFile() throws Exception {
    CompletableFuture<String> text = FsCookbook.readText(loop, file("some text"));
    loop.run();
    assertThat(text).isCompletedWithValue("some text");
  }

  @Test
  void readsAFileByCallbacks() throws Exception {
    StringBuilder text = new StringBuilder();
    new FsCookbook.Cat(loop, text::append).start(file("text ".repeat(50_000)));
    loop.run();
    assertThat(text.toString()).isEqualTo("text ".repeat(50_000));
  }

  @Test
  void savesAFile() throws Exception {
    String path = file("old");
    FsTask<Void> saved = FsCookbook.save(loop, path, "new");
    loop.run();
    assertThat(saved).isCompleted();
    assertThat(Path.of(path)).hasContent("new");
  }

  @Test
  void copiesATreeAndTellsHowFarItIs() throws Exception {
    Path source = Files.createDirectories(dir.resolve("source/below")).getParent();
    Files.write(source.resolve("one"), new byte[3_000_000]);
    Files.write(source.resolve("below/two"), new byte[1_000_000]);
    List<Integer> percents = new ArrayList<>();
    CompletableFuture<TreeResult> copied =
        FsCookbook.copy(loop, source.toString(), dir.resolve("target").toString(), percents::add);
    loop.run();
    assertThat(copied).isCompleted();
    assertThat(copied.join().errors()).isEmpty();
    assertThat(copied.join().bytes()).isEqualTo(4_000_000);
    assertThat(dir.resolve("target/below/two")).hasSize(1_000_000);
    assertThat(percents).isSorted().doesNotHaveDuplicates().endsWith(100).hasSizeGreaterThan(1);
  }

  @Test
  void watchesADirectory() throws Exception {
    Set<String> changed = new HashSet<>();
    FsEventHandle handle = FsCookbook.watch(loop, dir.toString(), changed::add);
    file("text");
    runUntil(() -> changed.contains("file"));
    handle.close();
  }

  @Test
  void followsAFileThatGrowsIsCutAndIsReplaced() throws Exception {
    StringBuilder text = new StringBuilder();
    String path = file("one ");
    FsCookbook.Tail tail = new FsCookbook.Tail(loop, path, text::append);
    tail.start(1);
    assertThat(text.toString()).isEqualTo("one ");
    // What comes before the first look at the file is seen with the next change.
    append(path, "two ");
    runUntil(
        () -> {
          append(path, ".");
          return text.indexOf("one two .") == 0;
        });
    file("cut ");
    runUntil(() -> text.toString().endsWith(".cut "));
    Path other = Files.writeString(dir.resolve("other"), "replaced, and longer than before");
    Fs.rename(other.toString(), path);
    runUntil(() -> text.toString().endsWith("cut replaced, and longer than before"));
    tail.stop();
  }
}
