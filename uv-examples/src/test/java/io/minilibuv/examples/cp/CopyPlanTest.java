// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.minilibuv.core.UvException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "the tree has symbolic links")
class CopyPlanTest {

  @TempDir private Path temp;

  @BeforeEach
  void makeFiles() throws IOException {
    Files.createDirectories(temp.resolve("tree/sub"));
    Files.createDirectories(temp.resolve("into"));
    Files.writeString(temp.resolve("file"), "content");
    Files.createSymbolicLink(temp.resolve("link"), Path.of("into"));
    Files.createSymbolicLink(temp.resolve("to-tree"), Path.of("tree"));
    Files.createSymbolicLink(temp.resolve("dangling"), Path.of("nowhere"));
  }

  @Test
  void aDirectoryThatIsThereIsCopiedInto() {
    assertTarget("file", "into", "into/file");
    assertTarget("file", "into/", "into/file");
    assertTarget("file", "link", "link/file");
    assertTarget("tree", "into", "into/tree");
    assertTarget("tree/sub/", "into", "into/sub");
    assertTarget("dangling", "into", "into/dangling");
    assertTarget("to-tree", "tree", "tree/to-tree");
  }

  @Test
  void anythingElseIsTheNewName() {
    assertTarget("file", "new", "new");
    assertTarget("tree", "new", "new");
    assertTarget("tree", "new/", "new/");
    assertTarget("link", "dangling", "dangling");
    assertTarget("link", "file", "file");
    assertTarget("file", "no/parent/yet", "no/parent/yet");
  }

  @Test
  void aSourceWithoutANameOfItsOwnMeansItsContents() {
    assertTarget("tree/.", "into", "into");
    assertTarget("tree/sub/..", "into", "into");
    assertTarget("tree/.", "new", "new");
  }

  @Test
  void aDirectoryMayBeCopiedNextToOrAboveItself() {
    assertTarget("tree", "tree2", "tree2");
    assertTarget("tree/sub", "tree/sub2", "tree/sub2");
    assertTarget("tree/sub", "into", "into/sub");
    assertTarget("tree/sub", ".", "./sub");
  }

  @Test
  void whatCannotBeIsRefused() {
    assertRefused("missing", "into", "ENOENT: no such file or directory, lstat", "missing");
    assertRefused("file/x", "into", "ENOTDIR: not a directory, lstat", "file/x");
    String dangling = "ENOENT: no such file or directory, copy through a dangling link";
    assertRefused("file", "dangling", dangling, "dangling");
    assertRefused("tree", "dangling", dangling, "dangling");
    assertThatThrownBy(() -> CopyPlan.of(in("file"), ""))
        .hasMessage("ENOENT: no such file or directory, copy ''");
    assertRefused("tree", "file", "ENOTDIR: not a directory, copy", "file");
    assertRefused("file", "new/", "ENOTDIR: not a directory, copy", "new/");
    assertRefused("file", "file/new", "ENOTDIR: not a directory, stat", "file/new");
  }

  @Test
  void theLineToGoOnWithNamesTheCopyItself() {
    assertArguments("tree", "new", "tree/. new");
    assertArguments("tree/", "new", "tree/. new");
    assertArguments("tree/.", "new", "tree/. new");
    assertArguments("tree", "into", "tree/. into/tree");
    assertArguments("file", "into", "file into/file");
  }

  private void assertArguments(String source, String destination, String arguments) {
    String[] words = arguments.split(" ", -1);
    assertThat(CopyPlan.of(in(source), in(destination)).argumentsToResume())
        .containsExactly(in(words[0]), in(words[1]));
  }

  @Test
  void ofSeveralEachIsCopiedIntoTheDirectoryAndTheSecondOfANameIsRefused() throws IOException {
    Files.writeString(Files.createDirectories(temp.resolve("other")).resolve("file"), "other");
    List<String> failed = new ArrayList<>();
    List<String> sources = List.of(in("file"), in("missing"), in("tree"), in("other/file"));
    assertThat(
            CopyPlan.ofAll(sources, in("into"), failure -> failed.add(failure.error().name()))
                .stream()
                .map(CopyPlan::target))
        .containsExactly(in("into/file"), in("into/tree"));
    assertThat(failed).containsExactly("ENOENT", "EEXIST");
  }

  @Test
  void severalNeedADirectory() {
    List<String> sources = List.of(in("file"), in("tree"));
    assertThatThrownBy(() -> CopyPlan.ofAll(sources, in("file"), failure -> {}))
        .hasMessageStartingWith("ENOTDIR");
    assertThatThrownBy(() -> CopyPlan.ofAll(sources, in("new"), failure -> {}))
        .hasMessageStartingWith("ENOENT");
  }

  @Test
  void aDirectoryThatWouldBeBegunIsNothingToGoOnWith() throws IOException {
    assertThat(isBeginning("tree", "into")).isTrue();
    assertThat(isBeginning("tree", "new")).isFalse();
    assertThat(isBeginning("tree/.", "into")).isFalse();
    assertThat(isBeginning("file", "into")).isFalse();
    Files.createDirectories(temp.resolve("into/tree"));
    assertThat(isBeginning("tree", "into")).isFalse();
  }

  private boolean isBeginning(String source, String destination) {
    return CopyPlan.of(in(source), in(destination)).isBeginningOf(in(destination));
  }

  private void assertTarget(String source, String destination, String target) {
    CopyPlan plan = CopyPlan.of(in(source), in(destination));
    assertThat(plan.source()).isEqualTo(in(source));
    assertThat(plan.target()).isEqualTo(in(target));
  }

  private void assertRefused(String source, String destination, String why, String path) {
    assertThatThrownBy(() -> CopyPlan.of(in(source), in(destination)))
        .isInstanceOf(UvException.class)
        .hasMessage(why + " '" + in(path) + "'");
  }

  private String in(String path) {
    return temp + "/" + path;
  }
}
