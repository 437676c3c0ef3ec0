// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.COPYFILE_EXCL;
import static io.minilibuv.fs.FsFlags.COPYFILE_FICLONE;
import static io.minilibuv.fs.FsFlags.COPYFILE_FICLONE_FORCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** {@code test/test-fs-copyfile.c}. */
class FsCopyfileTest extends FsFixture {
  private static final Uv.Timespec OLD = new Uv.Timespec(1_000_000_000, 500);

  @Test
  void fsCopyfile() {
    String source = file("source", "");
    String target = at("target");
    assertFails(UvError.EINVAL, () -> Fs.copyfile(source, target, -1));
    assertFails(UvError.EINVAL, () -> Fs.copyfile(loop, source, target, 8, request -> {}));
    assertFalse(loop.run());

    assertFails(
        UvError.ENOENT,
        () -> Fs.copyfile(at("missing"), target, 0),
        callback -> Fs.copyfile(loop, at("missing"), target, 0, callback));
    assertFails(UvError.ENOENT, () -> Fs.access(target, FsFlags.F_OK));

    Fs.copyfile(source, target, 0);
    assertCopied(source, target);
    String longer = file("longer", "x".repeat(8192));
    Fs.chmod(longer, 0640);
    Fs.copyfile(longer, target, 0);
    assertCopied(longer, target);
    String shorter = file("shorter", TEST_BUF);
    FsRequest request = done(callback -> Fs.copyfile(loop, shorter, target, 0, callback));
    assertEquals(0, request.orThrow());
    assertCopied(shorter, target);

    assertFails(
        UvError.EEXIST,
        () -> Fs.copyfile(longer, target, COPYFILE_EXCL),
        callback -> Fs.copyfile(loop, longer, target, COPYFILE_EXCL, callback));
    assertCopied(shorter, target);
    Fs.copyfile(longer, at("exclusive"), COPYFILE_EXCL);
    assertCopied(longer, at("exclusive"));
    Fs.copyfile(longer, target, COPYFILE_FICLONE);
    assertCopied(longer, target);
  }

  private static void assertCopied(String source, String target) {
    assertEquals(content(source), content(target));
    assertEquals(Fs.stat(source).mode(), Fs.stat(target).mode());
  }

  @Test
  void aCopyOntoTheSameFileTouchesNothing() {
    String source = file("source", TEST_BUF);
    Fs.link(source, at("link"));
    Fs.symlink("source", at("symlink"));
    for (String same : new String[] {source, at("link"), at("symlink")}) {
      Fs.copyfile(source, same, 0);
      assertEquals(TEST_BUF, content(source));
      assertFails(UvError.EEXIST, () -> Fs.copyfile(source, same, COPYFILE_EXCL));
    }
  }

  @Test
  void theModeIsExactWhateverTheUmaskSays() {
    String source = file("source", TEST_BUF);
    Fs.chmod(source, 0666);
    Fs.copyfile(source, at("target"), 0);
    assertEquals(0666, Fs.stat(at("target")).permissions());
  }

  @Test
  void onlyAnEmptyCopyKeepsItsTime() {
    String empty = file("empty", "");
    String full = file("full", TEST_BUF);
    Fs.utime(empty, OLD, OLD);
    Fs.utime(full, OLD, OLD);
    Fs.copyfile(empty, at("copy_of_empty"), 0);
    Fs.copyfile(full, at("copy_of_full"), 0);
    assertEquals(OLD, Fs.stat(at("copy_of_empty")).mtim());
    assertThat(Fs.stat(at("copy_of_full")).mtim().seconds()).isGreaterThan(OLD.seconds());
  }

  @Test
  void aTargetThatWasThereSurvivesAFailure() {
    String target = file("target", TEST_BUF);
    Fs.mkdir(at("dir"), 0755);
    assertFails(UvError.EISDIR, () -> Fs.copyfile(at("dir"), target, 0));
    assertEquals(cloned(file("source", "x"), target) ? "x" : TEST_BUF, content(target));
    assertFails(UvError.EISDIR, () -> Fs.copyfile(target, at("dir"), 0));
    assertFails(UvError.EISDIR, () -> Fs.copyfile(at("dir"), at("new"), 0));
    assertFails(UvError.ENOENT, () -> Fs.access(at("new"), FsFlags.F_OK));
  }

  /** Whether the file system can share blocks, which {@code java.nio} cannot have it do. */
  private static boolean cloned(String source, String target) {
    try {
      Fs.copyfile(source, target, COPYFILE_FICLONE_FORCE);
      assertFalse(TestedBackend.NIO);
      return true;
    } catch (UvException e) {
      assertThat(e.error())
          .isIn(UvError.ENOSYS, TestedBackend.either(UvError.ENOTSUP, UvError.ENOSYS));
      return false;
    }
  }

  /** A directory is opened well, so that it is one is found out when it is to be read. */
  @EnabledOnOs({OS.LINUX, OS.MAC})
  @Test
  void whatIsWrongWithTheTargetComesBeforeADirectory() {
    Fs.mkdir(at("dir"), 0755);
    String file = file("file", TEST_BUF);
    Fs.symlink("loop", at("loop"));
    Fs.symlink("nowhere", at("dangling"));
    assertFails(UvError.ENOENT, () -> Fs.copyfile(at("dir"), "", 0));
    assertFails(UvError.ENOENT, () -> Fs.copyfile(at("dir"), at("missing/x"), 0));
    assertFails(UvError.ENOTDIR, () -> Fs.copyfile(at("dir"), file + "/x", 0));
    assertFails(UvError.ELOOP, () -> Fs.copyfile(at("dir"), at("loop"), 0));
    for (String there : new String[] {file, at("dir"), at("loop"), at("dangling")}) {
      assertFails(UvError.EEXIST, () -> Fs.copyfile(at("dir"), there, COPYFILE_EXCL));
    }
    for (String target : new String[] {"new", "new/", "file", "dir", "dir/", "dangling"}) {
      assertFails(UvError.EISDIR, () -> Fs.copyfile(at("dir"), at(target), 0));
    }
    assertThat(Fs.scandir(dir.toString()))
        .extracting(Dirent::name)
        .containsExactly("dangling", "dir", "file", "loop");
    assertEquals(TEST_BUF, content(file));
  }

  @Test
  void aLinkThatLeadsToNothingIsFilled() {
    String source = file("source", TEST_BUF);
    Fs.symlink("behind", at("link"));
    Fs.copyfile(source, at("link"), 0);
    assertEquals(TEST_BUF, content(at("behind")));
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void aTimeThatCannotBeSetKeepsNothingElseBack() throws IOException, InterruptedException {
    String source = file("source", "");
    // Java's times end before.
    String[] touch = {"touch", "-d", "2400-01-01", source};
    assertEquals(0, new ProcessBuilder(touch).start().waitFor());
    long owner = FsChild.ROOT ? 12 : Fs.stat(source).uid();
    Fs.chown(source, owner, -1);
    Fs.chmod(source, 0640);
    Fs.copyfile(source, at("target"), 0);
    assertThat(Fs.stat(at("target")))
        .returns(owner, FsStat::uid)
        .returns(0640, FsStat::permissions)
        .returns(0L, FsStat::size);
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void whatIsNoFileIsNotFilled() throws IOException, InterruptedException {
    String source = file("source", TEST_BUF);
    assertEquals(0, new ProcessBuilder("mkfifo", at("pipe")).start().waitFor());
    // The system waits for somebody who reads from the pipe before it tells.
    int reader = TestedBackend.NIO ? -1 : Fs.open(at("pipe"), FsFlags.O_RDWR, 0);
    for (String target : new String[] {at("pipe"), "/dev/null"}) {
      assertFails(
          UvError.EINVAL,
          () -> Fs.copyfile(source, target, 0),
          callback -> Fs.copyfile(loop, source, target, 0, callback));
      assertFails(UvError.EEXIST, () -> Fs.copyfile(source, target, COPYFILE_EXCL));
      assertFalse(Fs.stat(target).isRegularFile());
    }
    if (reader >= 0) {
      Fs.close(reader);
    }
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void whatHasNoSizeIsCopiedAsNothing() {
    Fs.copyfile("/dev/zero", at("zero"), 0);
    Fs.copyfile("/proc/version", at("version"), 0);
    assertEquals("", content(at("zero")));
    assertEquals("", content(at("version")));
  }

  /** As if somebody had cut it off while it was copied. Libuv never returns from that. */
  @EnabledOnOs(OS.LINUX)
  @Test
  void aFileThatIsShorterThanItSaidIsCopiedToItsEnd() {
    String source = "/sys/devices/system/cpu/online";
    Fs.copyfile(source, at("target"), 0);
    assertThat(Fs.stat(at("target")).size()).isBetween(1L, Fs.stat(source).size() - 1);
    assertEquals(content(source), content(at("target")));
  }
}
