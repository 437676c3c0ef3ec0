// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsDir;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Making and reading directories, and temporary names. */
abstract class DirectoryContract extends ContractFixture {
  private static final int MANY = 1_000;

  private void fill() {
    for (int i = 0; i < MANY; i++) {
      close(open(at("n" + i), O_WRONLY | O_CREAT));
    }
  }

  /** One of each kind, and what a directory says that it is. */
  private List<Dirent> oneOfEach() {
    directory("directory");
    file("file", "abc");
    symlink("directory", "link");
    symlink("nowhere", "dangling");
    pipe("pipe");
    return List.of(
        new Dirent("dangling", DirentType.LINK),
        new Dirent("directory", DirentType.DIR),
        new Dirent("file", DirentType.FILE),
        new Dirent("link", DirentType.LINK),
        new Dirent("pipe", DirentType.FIFO));
  }

  @Test
  void aNewDirectoryHasTheModeThatTheUmaskLeaves() {
    done(fs.mkdir(at("all"), 0777));
    int umask = 0777 & ~stat(at("all")).permissions();
    for (int mode : new int[] {0700, 0755, 0750, 0711, 01777, 01700}) {
      done(fs.mkdir(at("new"), mode));
      assertThat(stat(at("new")).permissions()).isEqualTo(mode & ~umask);
      assertThat(stat(at("new")).isDirectory()).isTrue();
      done(fs.rmdir(at("new/")));
    }
  }

  @Test
  void nothingIsMadeOverWhatIsThere() {
    oneOfEach();
    for (String name : List.of("file", "directory", "directory/", "link", "dangling", ".", "..")) {
      fails(UvError.EEXIST, fs.mkdir(at(name), 0700));
    }
    done(fs.mkdir(at("new/"), 0700));
  }

  @Test
  void scandirListsSortedWithTypes() {
    List<Dirent> expected = oneOfEach();
    assertThat(scandir(dir.toString())).isEqualTo(expected);
    assertThat(scandir(at("link"))).isEmpty();
    file("link/inside", "");
    assertThat(scandir(at("link/"))).isEqualTo(List.of(new Dirent("inside", DirentType.FILE)));
  }

  @Test
  void scandirSortsByBytes() {
    List<String> sorted = List.of("-", ".hidden", "10", "9", "B", "_", "a", "a.b", "ab");
    for (int i = sorted.size() - 1; i >= 0; i--) {
      file(sorted.get(i), "");
    }
    assertThat(scandir(dir.toString())).extracting(Dirent::name).isEqualTo(sorted);
  }

  @Test
  void scandirListsManyOnce() {
    fill();
    assertThat(scandir(dir.toString()))
        .extracting(Dirent::name)
        .isEqualTo(IntStream.range(0, MANY).mapToObj(i -> "n" + i).sorted().toList());
  }

  /** A pipe is not even opened: that would wait for somebody to write to it. */
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  @Test
  void onlyADirectoryIsListed() {
    oneOfEach();
    for (String name : List.of("file", "pipe")) {
      fails(UvError.ENOTDIR, fs.scandir(at(name), new FsAnswer()));
      fails(UvError.ENOTDIR, fs.opendir(at(name), new FsAnswer()));
    }
    fails(UvError.ENOENT, fs.scandir(at("dangling"), new FsAnswer()));
    fails(UvError.ENOENT, fs.opendir(at("dangling"), new FsAnswer()));
  }

  @Test
  void readdirGoesOnWhereItWas() {
    List<Dirent> expected = oneOfEach();
    for (int count : new int[] {1, 2, 5, 100}) {
      FsDir opened = opendir(dir.toString());
      List<Dirent> found = new ArrayList<>();
      assertThat(readdir(opened, 0)).isEmpty();
      List<Dirent> some = readdir(opened, count);
      while (!some.isEmpty()) {
        found.addAll(some);
        some = readdir(opened, count);
      }
      assertThat(readdir(opened, count)).isEmpty();
      done(fs.closedir(opened));
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @Test
  void readdirListsManyOnce() {
    fill();
    FsDir opened = opendir(dir.toString());
    List<String> found = new ArrayList<>();
    List<Dirent> some = readdir(opened, 7);
    while (!some.isEmpty()) {
      some.forEach(entry -> found.add(entry.name()));
      some = readdir(opened, 7);
    }
    done(fs.closedir(opened));
    assertThat(found).hasSize(MANY).doesNotHaveDuplicates();
  }

  @Test
  void openDirectoriesKnowNothingOfEachOther() {
    file("a", "");
    file("b", "");
    FsDir first = opendir(dir.toString());
    FsDir second = opendir(dir.toString());
    assertThat(readdir(first, 9)).hasSize(2);
    assertThat(readdir(second, 1)).hasSize(1);
    done(fs.closedir(first));
    assertThat(readdir(second, 9)).hasSize(1);
    done(fs.closedir(second));
  }

  @Test
  void whatWasThereAllTheTimeIsReadWhateverElseChanges() {
    fill();
    FsDir opened = opendir(dir.toString());
    Set<String> found = new HashSet<>();
    List<Dirent> some = readdir(opened, 10);
    for (int round = 0; !some.isEmpty(); round++) {
      some.forEach(entry -> assertThat(found.add(entry.name())).as(entry.name()).isTrue());
      if (round < MANY / 2) {
        done(fs.unlink(at("n" + (round * 2))));
        file("new" + round, "");
      }
      some = readdir(opened, 10);
    }
    done(fs.closedir(opened));
    assertThat(found).containsAll(IntStream.range(0, MANY / 2).mapToObj(i -> oddName(i)).toList());
  }

  private static String oddName(int i) {
    return "n" + (2 * i + 1);
  }

  @Test
  void aDirectoryThatIsRemovedIsEmptyAndStillHasToBeClosed() {
    directory("directory");
    FsDir opened = opendir(at("directory"));
    done(fs.rmdir(at("directory")));
    assertThat(readdir(opened, 9)).isEmpty();
    done(fs.closedir(opened));
  }

  @Test
  void anothersDirectoryIsNotTaken() {
    FsDir strange = new FsDir() {};
    fails(UvError.EINVAL, fs.readdir(strange, 1, new FsAnswer()));
    fails(UvError.EINVAL, fs.closedir(strange));
  }

  @Test
  void twoWhoReadOneDirectoryShareItsEntries() {
    fill();
    FsDir opened = opendir(dir.toString());
    Queue<String> found = new ConcurrentLinkedQueue<>();
    inThreads(
        2,
        () -> {
          List<Dirent> some = readdir(opened, 3);
          while (!some.isEmpty()) {
            some.forEach(entry -> found.add(entry.name()));
            some = readdir(opened, 3);
          }
        });
    done(fs.closedir(opened));
    assertThat(found).hasSize(MANY).doesNotHaveDuplicates();
  }

  @Test
  void temporaryNamesAreNewAndTheOwnersOnly() {
    Set<String> made = new HashSet<>();
    for (int i = 0; i < 50; i++) {
      FsAnswer answer = new FsAnswer();
      done(fs.mkdtemp(at("tXXXXXX"), answer));
      String path = Objects.requireNonNull(answer.madePath());
      assertThat(stat(path).permissions()).isEqualTo(0700);
      assertThat(stat(path).isDirectory()).isTrue();
      assertThat(made.add(path)).isTrue();

      FsAnswer ofFile = new FsAnswer();
      int fd = descriptor(fs.mkstemp(at("tXXXXXX"), ofFile));
      path = Objects.requireNonNull(ofFile.madePath());
      assertThat(stat(path).permissions()).isEqualTo(0600);
      assertThat(stat(path).isSameFileAs(fstat(fd))).isTrue();
      write(fd, "abc");
      assertThat(read(fd, 9, 0)).isEqualTo("abc");
      close(fd);
      assertThat(made.add(path)).isTrue();
    }
    assertThat(made).allMatch(path -> path.matches("\\Q" + at("t") + "\\E[A-Za-z0-9]{6}"));
  }

  @Test
  void aTemplateEndsInSixX() {
    for (String template : List.of("", "XXXXX", "tXXXXX", "tXXXXXXt", "txxxxxx", "tXXXXXX/")) {
      fails(UvError.EINVAL, fs.mkdtemp(at(template), new FsAnswer()));
      fails(UvError.EINVAL, fs.mkstemp(at(template), new FsAnswer()));
    }
    fails(UvError.EINVAL, fs.mkdtemp("", new FsAnswer()));
    fails(UvError.ENOENT, fs.mkdtemp(at("missing/tXXXXXX"), new FsAnswer()));
    fails(UvError.ENOENT, fs.mkstemp(at("missing/tXXXXXX"), new FsAnswer()));
    assertThat(scandir(dir.toString())).isEmpty();
  }
}
