// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.COPYFILE_EXCL;
import static io.minilibuv.fs.FsFlags.COPYFILE_FICLONE;
import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Copying: whole files by name, and parts of open ones. */
abstract class CopyContract extends ContractFixture {
  private static final int BIG = 5 * 1024 * 1024 + 3;

  private static byte[] noise() {
    byte[] bytes = new byte[BIG];
    new Random(BIG).nextBytes(bytes);
    return bytes;
  }

  @Test
  void aCopyHasTheContentAndTheExactMode() {
    String source = file("source", noise());
    for (int mode : new int[] {0600, 0777, 0444, 0706}) {
      done(fs.chmod(source, mode));
      for (int flags : new int[] {0, COPYFILE_EXCL, COPYFILE_FICLONE}) {
        done(fs.copyfile(source, at("copy"), flags));
        assertThat(stat(at("copy")).permissions()).isEqualTo(mode);
        assertThat(content(at("copy"))).isEqualTo(content(source));
        assertThat(stat(at("copy")).isSameFileAs(stat(source))).isFalse();
        done(fs.unlink(at("copy")));
      }
    }
  }

  @Test
  void whatWasThereIsReplaced() {
    String source = file("source", "abc");
    done(fs.chmod(source, 0640));
    String target = file("target", "longer than that");
    symlink("target", "link");
    long ino = stat(target).ino();
    done(fs.copyfile(source, at("link"), 0));
    assertThat(content(target)).isEqualTo("abc");
    assertThat(stat(target).ino()).isEqualTo(ino);
    assertThat(stat(target).permissions()).isEqualTo(0640);
    assertThat(lstat(at("link")).isSymbolicLink()).isTrue();
    done(fs.copyfile(file("empty", ""), target, 0));
    assertThat(content(target)).isEmpty();
  }

  @Test
  void aCopyIsMadeThroughALinkThatLeadsNowhere() {
    file("source", "abc");
    symlink("new", "dangling");
    done(fs.copyfile(at("source"), at("dangling"), 0));
    assertThat(content(at("new"))).isEqualTo("abc");
    assertThat(lstat(at("dangling")).isSymbolicLink()).isTrue();
  }

  @Test
  void aFileIsCopiedOverItselfWithoutHarm() {
    String path = file("file", "abc");
    symlink("file", "link");
    done(fs.link(path, at("other")));
    done(fs.copyfile(path, path, 0));
    done(fs.copyfile(path, at("other"), 0));
    done(fs.copyfile(at("link"), path, 0));
    done(fs.copyfile(path, at("link"), 0));
    assertThat(content(path)).isEqualTo("abc");
    fails(UvError.EEXIST, fs.copyfile(path, path, COPYFILE_EXCL));
    fails(UvError.EEXIST, fs.copyfile(path, at("link"), COPYFILE_EXCL));
    assertThat(content(path)).isEqualTo("abc");
  }

  @Test
  void aCopyThatFailsLeavesWhatWasThere() {
    file("file", "abc");
    directory("directory");
    fails(UvError.EEXIST, fs.copyfile(file("source", "x"), at("file"), COPYFILE_EXCL));
    fails(UvError.ENOENT, fs.copyfile(at("missing"), at("file"), 0));
    fails(UvError.ENOENT, fs.copyfile(at("missing"), at("new"), 0));
    fails(UvError.EISDIR, fs.copyfile(at("directory"), at("file"), 0));
    fails(UvError.EISDIR, fs.copyfile(at("directory"), at("new"), 0));
    fails(UvError.EISDIR, fs.copyfile(at("file"), at("directory"), 0));
    fails(UvError.ENOENT, fs.copyfile(at("file"), at("missing/new"), 0));
    assertThat(content(at("file"))).isEqualTo("abc");
    assertThat(scandir(dir.toString()))
        .extracting(Dirent::name)
        .containsExactly("directory", "file", "source");
  }

  @Test
  void sendfileReadsAtItsOffsetAndWritesAtThePosition() {
    int in = open(file("in", "abcdefgh"), O_RDONLY);
    int out = open(file("out", "XXXXXXXXXX"), O_RDWR);
    assertThat(read(in, 1)).isEqualTo("a");
    assertThat(read(out, 2)).isEqualTo("XX");
    assertThat(fs.sendfile(out, in, 1, 3)).isEqualTo(3);
    assertThat(fs.sendfile(out, in, 6, 100)).isEqualTo(2);
    assertThat(fs.sendfile(out, in, 8, 1)).isZero();
    assertThat(fs.sendfile(out, in, 1L << 33, 1)).isZero();
    assertThat(fs.sendfile(out, in, 0, 0)).isZero();
    assertThat(read(out, 99)).isEqualTo("XXX");
    assertThat(read(in, 1)).isEqualTo("b");
    assertThat(read(out, 99, 0)).isEqualTo("XXbcdghXXX");
    close(in);
    close(out);
  }

  @Test
  void sendfileMayBeShortAndGetsThroughInTheEnd() {
    String source = file("in", noise());
    int in = open(source, O_RDONLY);
    int out = open(at("out"), O_WRONLY | O_CREAT);
    long sent = 0;
    while (sent < BIG) {
      long more = fs.sendfile(out, in, sent, BIG - sent);
      assertThat(more).as(told(more)).isBetween(1L, BIG - sent);
      sent += more;
    }
    close(in);
    close(out);
    assertThat(content(at("out"))).isEqualTo(content(source));
  }

  @Test
  void sendfileWithinOneFile() {
    int fd = open(file("file", "abcdef"), O_RDWR);
    assertThat(read(fd, 99)).isEqualTo("abcdef");
    assertThat(fs.sendfile(fd, fd, 1, 3)).isEqualTo(3);
    assertThat(read(fd, 99, 0)).isEqualTo("abcdefbcd");
    close(fd);
  }

  @Test
  void sendfileTakesAPipe() {
    int in = open(file("in", "abcdef"), O_RDONLY);
    int pipe = open(pipe("pipe"), O_RDWR);
    assertThat(fs.sendfile(pipe, in, 2, 3)).isEqualTo(3);
    assertThat(read(pipe, 99)).isEqualTo("cde");
    close(in);
    close(pipe);
  }

  @Test
  void sendfileNeedsBothEnds() {
    int in = open(file("in", "abc"), O_RDONLY);
    int out = open(file("out", ""), O_WRONLY);
    int directory = open(directory("directory"), O_RDONLY);
    fails(UvError.EBADF, fs.sendfile(in, in, 0, 1));
    fails(UvError.EBADF, fs.sendfile(out, out, 0, 1));
    fails(UvError.EISDIR, fs.sendfile(out, directory, 0, 1));
    assertThat(fs.sendfile(directory, in, 0, 1)).isNegative();
    assertThat(size(out)).isZero();
    close(in);
    close(out);
    close(directory);
  }

  /** What libuv refuses on Linux (EBADF), and does elsewhere. */
  @Test
  void sendfileNeverOverwritesWhereOneAppends() {
    int in = open(file("in", "abc"), O_RDONLY);
    int out = open(file("out", "XYZ"), O_WRONLY | O_APPEND);
    long sent = fs.sendfile(out, in, 0, 3);
    close(in);
    close(out);
    assertThat(sent).isIn(3L, (long) UvError.EBADF.code());
    assertThat(content(at("out"))).isEqualTo(sent == 3 ? "XYZabc" : "XYZ");
  }
}
