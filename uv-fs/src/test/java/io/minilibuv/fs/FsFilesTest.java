// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.futures.FsFiles;
import io.minilibuv.fs.futures.FsTask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole files: what is read is what is there, and what is not written whole is not there. */
class FsFilesTest extends FsFixture {

  private <T> T value(FsTask<T> task) {
    assertThat(task).isNotDone();
    loop.run();
    return task.join();
  }

  private UvException error(UvError expected, FsTask<?> task) {
    loop.run();
    Throwable cause = assertThrows(CompletionException.class, task::join).getCause();
    UvException error = assertInstanceOf(UvException.class, cause);
    assertEquals(expected, error.error());
    return error;
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** Calls {@code seen} whenever a request of {@code type} is about to be submitted. */
  private void when(FsType type, Consumer<FsRequest> seen) {
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsSubmitted(Loop on, FsRequest request) {
            if (request.fsType() == type) {
              seen.accept(request);
            }
          }
        });
  }

  private List<String> names() {
    return Fs.scandir(at("")).stream().map(Dirent::name).toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 8_191, 8_192, 8_193, 262_144, 262_145, 1_000_000})
  void whatIsWrittenIsRead(int length) {
    byte[] bytes = random(length);
    ByteBuffer content = ByteBuffer.wrap(bytes);
    assertThat(value(FsFiles.writeFile(loop, at("a"), content))).isNull();
    assertEquals(length, content.remaining());
    assertThat(value(FsFiles.readFile(loop, at("a")))).isEqualTo(bytes);
    assertThat(value(FsFiles.writeFileAtomically(loop, at("b"), content))).isNull();
    assertEquals(length, content.remaining());
    assertThat(value(FsFiles.readFile(loop, at("b")))).isEqualTo(bytes);
    assertThat(names()).containsExactly("a", "b");
  }

  @Test
  void onlyWhatRemainsIsWritten() {
    ByteBuffer content = bytes("0123456789").position(2).limit(5);
    value(FsFiles.writeFile(loop, at("a"), content));
    value(FsFiles.writeFileAtomically(loop, at("b"), content.asReadOnlyBuffer()));
    assertEquals("234", content(at("a")));
    assertEquals("234", content(at("b")));
  }

  @Test
  void writingCutsWhatWasThere() {
    file("a", "a long text");
    value(FsFiles.writeFile(loop, at("a"), bytes("short")));
    assertEquals("short", content(at("a")));
  }

  @Test
  void writingCanAppend() {
    file("a", "one");
    value(FsFiles.writeFile(loop, at("a"), bytes(" two"), O_WRONLY | O_APPEND, 0));
    assertEquals("one two", content(at("a")));
  }

  @Test
  void errorsTellTheCallAndThePath() {
    UvException read = error(UvError.ENOENT, FsFiles.readFile(loop, at("none/a")));
    assertEquals("open", read.call());
    assertEquals(at("none/a"), read.path());
    UvException directory = error(UvError.EISDIR, FsFiles.readFile(loop, at("")));
    assertEquals("read", directory.call());
    assertEquals(at(""), directory.path());
    error(UvError.ENOENT, FsFiles.writeFile(loop, at("none/a"), bytes("")));
    error(UvError.EISDIR, FsFiles.writeFile(loop, at(""), bytes("")));
    error(UvError.EISDIR, FsFiles.writeFileAtomically(loop, at(""), bytes("")));
    UvException atomic =
        error(UvError.ENOENT, FsFiles.writeFileAtomically(loop, at("none/a"), bytes("")));
    assertEquals(at("none/a"), atomic.path());
    error(UvError.ENOENT, FsFiles.writeFileAtomically(loop, "", bytes("")));
    error(UvError.ENOENT, FsFiles.writeFileAtomically(loop, at("none/"), bytes("")));
    error(UvError.EINVAL, FsFiles.writeFileAtomically(loop, at("a\0b"), bytes("")));
    assertThat(names()).isEmpty();
  }

  @Test
  void withoutArgumentsNothingIsAsked() {
    assertThatNullPointerException().isThrownBy(() -> FsFiles.readFile(loop, null));
    assertThatNullPointerException().isThrownBy(() -> FsFiles.writeFile(loop, at("a"), null));
    assertThatNullPointerException()
        .isThrownBy(() -> FsFiles.writeFileAtomically(loop, at("a"), null));
    assertThat(loop.isAlive()).isFalse();
  }

  @Test
  void aFileThatGrowsIsReadToWhereItEndsThen() {
    file("a", "0123456789");
    when(
        FsType.READ,
        read -> {
          if (Fs.stat(at("a")).size() < 50_000) {
            int fd = Fs.open(at("a"), O_WRONLY | O_APPEND, 0);
            write(fd, "0123456789".repeat(2_000));
            Fs.close(fd);
          }
        });
    assertThat(value(FsFiles.readFile(loop, at("a"))))
        .isEqualTo("0123456789".repeat(6_001).getBytes(UTF_8));
  }

  @Test
  void aFileThatShrinksIsReadToWhereItEndsThen() {
    file("a", random(1_000_000));
    when(
        FsType.READ,
        read -> {
          int fd = Fs.open(at("a"), O_RDWR, 0);
          Fs.ftruncate(fd, 300_000);
          Fs.close(fd);
        });
    assertThat(value(FsFiles.readFile(loop, at("a")))).hasSize(300_000);
  }

  @Test
  void aFileThatFitsIntoNoArrayIsToldBeforeItIsRead() {
    int fd = Fs.open(file("a", ""), O_RDWR, 0);
    Fs.ftruncate(fd, 3L << 30);
    Fs.close(fd);
    List<FsRequest> reads = new ArrayList<>();
    when(FsType.READ, reads::add);
    UvException error = error(UvError.EFBIG, FsFiles.readFile(loop, at("a")));
    assertEquals(at("a"), error.path());
    assertThat(reads).isEmpty();
  }

  @Test
  void readingEndsBetweenChunksWhenItIsCancelled() {
    file("a", random(2_000_000));
    FsTask<byte[]> task = FsFiles.readFile(loop, at("a"));
    List<FsRequest> reads = new ArrayList<>();
    when(
        FsType.READ,
        read -> {
          reads.add(read);
          assertTrue(reads.size() != 3 || task.cancel(true));
        });
    loop.run();
    assertThat(task).isCancelled();
    assertThat(reads).hasSize(3);
  }

  @Test
  void writingEndsBetweenChunksWhenItIsCancelled() {
    FsTask<Void> task = FsFiles.writeFile(loop, at("a"), ByteBuffer.allocate(2_000_000));
    when(FsType.WRITE, write -> task.cancel(true));
    loop.run();
    assertThat(task).isCancelled();
    assertEquals(256 * 1024, Fs.stat(at("a")).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"REALPATH", "STAT", "OPEN", "FSTAT", "FCHMOD", "WRITE", "FSYNC", "CLOSE"})
  void aReplacementThatIsCancelledHasNotHappened(FsType at) {
    file("a", "old");
    List<FsRequest> seen = new ArrayList<>();
    FsTask<Void>[] task = newTask();
    when(
        at,
        request -> {
          seen.add(request);
          assertTrue(task[0] == null || task[0].cancel(true));
        });
    task[0] = FsFiles.writeFileAtomically(loop, at("a"), ByteBuffer.allocate(1_000_000));
    if (at == FsType.REALPATH) {
      task[0].cancel(true);
    }
    loop.run();
    assertThat(seen).isNotEmpty();
    assertThat(task[0]).isCancelled();
    assertEquals("old", content(at("a")));
    assertThat(names()).containsExactly("a");
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static FsTask<Void>[] newTask() {
    return new FsTask[1];
  }

  @Test
  void aReplacementCannotBeCancelledOnceItHappens() {
    file("a", "old");
    FsTask<Void> task = FsFiles.writeFileAtomically(loop, at("a"), bytes("new"));
    List<Boolean> told = new ArrayList<>();
    when(FsType.RENAME, rename -> told.add(task.cancel(true)));
    loop.run();
    assertThat(told).containsExactly(false);
    assertThat(task).isCompleted();
    assertEquals("new", content(at("a")));
  }

  /** A directory that takes the target's place makes the rename fail. */
  @Test
  void aReplacementThatFailsLeavesNothingBehind() {
    file("a", "old");
    FsTask<Void> task = FsFiles.writeFileAtomically(loop, at("a"), bytes("new"));
    when(
        FsType.RENAME,
        rename -> {
          Fs.unlink(at("a"));
          Fs.mkdir(at("a"), 0700);
        });
    UvException error = error(UvError.EISDIR, task);
    assertEquals("rename", error.call());
    assertEquals(at("a"), error.path());
    assertThat(names()).containsExactly("a");
  }

  @Test
  void aReplacementIsOnTheDiskBeforeItHasItsName() {
    List<String> order = new ArrayList<>();
    loop.setObserver(
        new FsObserver() {
          @Override
          public void fsDelivered(Loop on, FsRequest request) {
            order.add(request.fsType().callName());
          }
        });
    value(FsFiles.writeFileAtomically(loop, at("a"), bytes("new")));
    assertThat(order)
        .containsExactly(
            "realpath",
            "open",
            "fstat",
            "write",
            "fsync",
            "close",
            "rename",
            "open",
            "fsync",
            "close");
  }

  @Test
  void aReplacementKeepsThePermissions() {
    file("a", "old");
    Fs.chmod(at("a"), 0751);
    value(FsFiles.writeFileAtomically(loop, at("a"), bytes("new")));
    assertEquals(0751, Fs.stat(at("a")).permissions());
    assertEquals("new", content(at("a")));
  }

  /** Giving files away is a right of root's; others keep what they may. */
  @Test
  void aReplacementKeepsTheOwnerIfItMay() {
    file("a", "old");
    FsStat before = Fs.stat(at("a"));
    if (before.uid() == 0) {
      Fs.chown(at("a"), 12_345, 54_321);
    }
    Fs.chmod(at("a"), 04755);
    FsStat old = Fs.stat(at("a"));
    value(FsFiles.writeFileAtomically(loop, at("a"), bytes("new")));
    FsStat now = Fs.stat(at("a"));
    assertEquals(old.uid(), now.uid());
    assertEquals(old.gid(), now.gid());
    assertEquals(04755, now.permissions());
    assertEquals("new", content(at("a")));
  }

  /** To write takes setuid away, but for root; so this is done by somebody else. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aReplacementByAnOrdinaryUserKeepsTheModeToo() throws IOException, InterruptedException {
    FsChild child = FsChild.ofOrdinaryUser(dir);
    assumeTrue(child.isPossible(), "the user nobody cannot run this Java");
    String path = file("a", "old");
    if (FsChild.ROOT) {
      Fs.chown(path, FsChild.NOBODY, FsChild.NOBODY);
      Fs.chown(dir.toString(), FsChild.NOBODY, FsChild.NOBODY);
    }
    Fs.chmod(path, 06754);
    assertThat(child.run(FsReplacer.class, path)).containsExactly("6754");
    assertEquals("new", content(path));
  }

  /** The file gets another group, which must not get what the old one could do. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aReplacementGivesAnotherGroupNoMoreThanEverybody() throws IOException, InterruptedException {
    assumeTrue(FsChild.ROOT, "only the superuser can give a file to a group of somebody else");
    FsChild child = FsChild.ofOrdinaryUser(dir);
    Fs.chown(dir.toString(), FsChild.NOBODY, FsChild.NOBODY);
    for (int mode : new int[] {0660, 0664, 02775}) {
      String path = file("group" + mode, "old");
      Fs.chown(path, FsChild.NOBODY, 5000);
      Fs.chmod(path, mode);
      int left = (mode & 0707) | (mode & (mode & 07) << 3);
      assertThat(child.run(FsReplacer.class, path)).containsExactly(Integer.toOctalString(left));
      assertEquals(FsChild.NOBODY, Fs.stat(path).gid());
    }
  }

  @Test
  void aReplacementFollowsLinks() {
    Fs.mkdir(at("d"), 0700);
    file("d/a", "old");
    Fs.symlink("d/a", at("link"));
    Fs.symlink("nowhere", at("dangling"));
    value(FsFiles.writeFileAtomically(loop, at("link"), bytes("new")));
    assertTrue(Fs.lstat(at("link")).isSymbolicLink());
    assertEquals("new", content(at("d/a")));
    value(FsFiles.writeFileAtomically(loop, at("dangling"), bytes("new")));
    assertTrue(Fs.lstat(at("dangling")).isRegularFile());
    assertThat(names()).containsExactly("d", "dangling", "link").hasSize(3);
  }

  @Test
  void aReplacementWorksWithTheLongestName() {
    String name = "n".repeat(255);
    value(FsFiles.writeFileAtomically(loop, at(name), bytes("new")));
    assertEquals("new", content(at(name)));
    error(UvError.ENAMETOOLONG, FsFiles.writeFileAtomically(loop, at(name + "n"), bytes("new")));
    assertThat(names()).containsExactly(name);
  }
}
