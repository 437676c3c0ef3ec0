// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.FsAnswer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Names: removing, renaming, linking. */
abstract class NameContract extends ContractFixture {

  @Test
  void unlinkRemovesAnyNameButADirectorys() {
    file("file", "");
    directory("directory");
    symlink("directory", "link");
    symlink("nowhere", "dangling");
    pipe("pipe");
    for (String name : List.of("file", "link", "dangling", "pipe")) {
      done(fs.unlink(at(name)));
      fails(UvError.ENOENT, fs.unlink(at(name)));
    }
    // POSIX has EPERM, Linux its own.
    assertThat(fs.unlink(at("directory")))
        .isIn((long) UvError.EISDIR.code(), (long) UvError.EPERM.code());
    assertThat(scandir(dir.toString())).extracting(Dirent::name).containsExactly("directory");
  }

  @Test
  void rmdirRemovesEmptyDirectories() {
    directory("directory");
    file("directory/file", "");
    symlink("directory", "link");
    fails(UvError.ENOTEMPTY, fs.rmdir(at("directory")));
    fails(UvError.ENOTDIR, fs.rmdir(at("directory/file")));
    fails(UvError.ENOTDIR, fs.rmdir(at("link")));
    fails(UvError.EINVAL, fs.rmdir(at("directory/.")));
    done(fs.unlink(at("directory/file")));
    done(fs.rmdir(at("directory/")));
    fails(UvError.ENOENT, fs.rmdir(at("directory")));
  }

  @Test
  void renameReplacesFilesAndLinks() {
    for (String target : List.of("file", "link", "dangling", "new")) {
      file("file", "old");
      symlink("file", "link");
      symlink("nowhere", "dangling");
      String source = file("source", "new");
      long ino = stat(source).ino();
      done(fs.rename(source, at(target)));
      assertThat(isMissing(source)).isTrue();
      assertThat(lstat(at(target)).isRegularFile()).isTrue();
      assertThat(lstat(at(target)).ino()).isEqualTo(ino);
      assertThat(content(at(target))).isEqualTo("new");
      assertThat(isMissing(at("nowhere"))).isTrue();
      scandir(dir.toString()).forEach(entry -> done(fs.unlink(at(entry.name()))));
    }
  }

  @Test
  void renameMovesLinksAsLinks() {
    file("file", "abc");
    symlink("file", "link");
    directory("directory");
    done(fs.rename(at("link"), at("directory/moved")));
    assertThat(readlink(at("directory/moved"))).isEqualTo("file");
    done(fs.rename(at("directory/moved"), at("file")));
    assertThat(lstat(at("file")).isSymbolicLink()).isTrue();
  }

  @Test
  void renameMovesDirectoriesOverEmptyOnesOnly() {
    directory("from");
    file("from/file", "abc");
    directory("to");
    done(fs.rename(at("from"), at("to")));
    assertThat(content(at("to/file"))).isEqualTo("abc");
    directory("empty");
    fails(UvError.ENOTEMPTY, fs.rename(at("empty"), at("to")));
    fails(UvError.EISDIR, fs.rename(at("to/file"), at("empty")));
    fails(UvError.ENOTDIR, fs.rename(at("empty"), at("to/file")));
    fails(UvError.EINVAL, fs.rename(at("to"), at("to/below")));
    fails(UvError.ENOTEMPTY, fs.rename(at("to/file"), at("to")));
    done(fs.rename(at("empty/"), at("to/below/")));
    assertThat(stat(at("to/below")).isDirectory()).isTrue();
  }

  @Test
  void renameToTheSameFileDoesNothing() {
    String path = file("file", "abc");
    done(fs.link(path, at("other")));
    done(fs.rename(path, path));
    done(fs.rename(path, at("other")));
    assertThat(stat(path).nlink()).isEqualTo(2);
    assertThat(stat(at("other")).isSameFileAs(stat(path))).isTrue();
    directory("directory");
    done(fs.rename(at("directory"), at("directory")));
  }

  @Test
  void anOpenFileIsRenamedAndReplacedUnderneath() {
    String path = file("file", "abc");
    int fd = open(path, O_RDWR);
    done(fs.rename(path, at("moved")));
    write(fd, "X");
    assertThat(content(at("moved"))).isEqualTo("Xbc");
    assertThat(fstat(fd).isSameFileAs(stat(at("moved")))).isTrue();
    done(fs.rename(file("another", "another"), at("moved")));
    assertThat(read(fd, 9, 0)).isEqualTo("Xbc");
    assertThat(content(at("moved"))).isEqualTo("another");
    close(fd);
  }

  @Test
  void linkGivesAFileOneMoreName() {
    String path = file("file", "abc");
    done(fs.link(path, at("other")));
    assertThat(stat(path).nlink()).isEqualTo(2);
    assertThat(stat(at("other")).isSameFileAs(stat(path))).isTrue();
    int fd = open(at("other"), O_RDWR);
    write(fd, "X");
    close(fd);
    assertThat(content(path)).isEqualTo("Xbc");
    done(fs.unlink(path));
    assertThat(content(at("other"))).isEqualTo("Xbc");
    assertThat(stat(at("other")).nlink()).isEqualTo(1);
  }

  @Test
  void linkRefusesDirectoriesAndWhatIsThere() {
    String path = file("file", "abc");
    directory("directory");
    symlink("nowhere", "dangling");
    fails(UvError.EPERM, fs.link(at("directory"), at("new")));
    for (String name : List.of("file", "directory", "dangling")) {
      fails(UvError.EEXIST, fs.link(path, at(name)));
      fails(UvError.EEXIST, fs.link(at("directory"), at(name)));
    }
    fails(UvError.ENOENT, fs.link(at("missing"), at("file")));
    assertThat(stat(path).nlink()).isEqualTo(1);
  }

  @Test
  void aLinkItselfGetsOneMoreName() {
    symlink("nowhere", "link");
    done(fs.link(at("link"), at("other")));
    assertThat(readlink(at("other"))).isEqualTo("nowhere");
    assertThat(lstat(at("other")).nlink()).isEqualTo(2);
  }

  @Test
  void symlinkKeepsItsText() {
    String longest = "x".repeat(200) + "/" + "y".repeat(200);
    List<String> texts = List.of("file", "./file", "../x/y", "/", "/no/such", "a b\n", longest);
    for (String text : texts) {
      symlink(text, "link");
      assertThat(readlink(at("link"))).isEqualTo(text);
      assertThat(lstat(at("link")).isSymbolicLink()).isTrue();
      assertThat(lstat(at("link")).size()).isEqualTo(text.length());
      done(fs.unlink(at("link")));
    }
  }

  @Test
  void symlinkRefusesWhatIsThere() {
    file("file", "");
    directory("directory");
    symlink("nowhere", "dangling");
    for (String name : List.of("file", "directory", "dangling")) {
      fails(UvError.EEXIST, fs.symlink("text", at(name)));
    }
    assertThat(readlink(at("dangling"))).isEqualTo("nowhere");
  }

  @Test
  void onlyALinkIsReadAsOne() {
    file("file", "abc");
    directory("directory");
    symlink("directory", "link");
    FsAnswer answer = new FsAnswer();
    fails(UvError.EINVAL, fs.readlink(at("file"), answer));
    fails(UvError.EINVAL, fs.readlink(at("directory"), answer));
    fails(UvError.EINVAL, fs.readlink(at("link/"), answer));
    assertThat(answer.text()).isNull();
  }
}
