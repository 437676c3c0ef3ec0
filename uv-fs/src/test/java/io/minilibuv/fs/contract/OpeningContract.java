// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_DIRECTORY;
import static io.minilibuv.fs.FsFlags.O_DSYNC;
import static io.minilibuv.fs.FsFlags.O_EXCL;
import static io.minilibuv.fs.FsFlags.O_NOFOLLOW;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_SYNC;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.Uv;
import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Opening and closing files, and the numbers that stand for them. */
abstract class OpeningContract extends ContractFixture {
  private static final int[] ACCESSES = {O_RDONLY, O_WRONLY, O_RDWR, O_RDWR | O_APPEND};
  private static final Uv.Timespec TIME = new Uv.Timespec(1, 0);

  @Test
  void aBackendHasAName() {
    assertThat(fs.name()).isNotBlank();
  }

  /**
   * The process may open something of its own in between where the numbers are the system's; but
   * not each time.
   */
  @Test
  void theLowestFreeNumberIsNext() {
    String path = file("file", "");
    List<List<Integer>> tried = new ArrayList<>();
    for (int round = 0; round < 100; round++) {
      List<Integer> given = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        given.add(open(path, O_RDONLY));
      }
      assertThat(given).doesNotHaveDuplicates();
      close(given.get(1));
      close(given.get(0));
      List<Integer> again = List.of(open(path, O_RDONLY), open(path, O_RDONLY));
      List<Integer> expected = List.of(given.get(0), given.get(1));
      close(again.get(0));
      close(again.get(1));
      close(given.get(2));
      close(given.get(3));
      if (again.equals(expected)) {
        return;
      }
      tried.add(again);
    }
    assertThat(tried).as("numbers that were not the lowest").isEmpty();
  }

  @Test
  void aNumberThatStandsForNothingIsBad() {
    int good = open(file("file", "abc"), O_RDWR);
    for (int bad : new int[] {-1, 1 << 20, Integer.MIN_VALUE, Integer.MAX_VALUE}) {
      ByteBuffer buffer = ByteBuffer.allocate(1);
      fails(UvError.EBADF, fs.close(bad));
      fails(UvError.EBADF, fs.read(bad, buffers(buffer), 0));
      fails(UvError.EBADF, fs.read(bad, buffers(buffer), AT_POSITION));
      fails(UvError.EBADF, fs.write(bad, buffers(buffer), 0));
      fails(UvError.EBADF, fs.write(bad, buffers(buffer), AT_POSITION));
      fails(UvError.EBADF, fs.fstat(bad, new FsAnswer()));
      fails(UvError.EBADF, fs.fsync(bad));
      fails(UvError.EBADF, fs.fdatasync(bad));
      fails(UvError.EBADF, fs.ftruncate(bad, 0));
      fails(UvError.EBADF, fs.fchmod(bad, 0600));
      fails(UvError.EBADF, fs.futime(bad, TIME, TIME));
      fails(UvError.EBADF, fs.fchown(bad, -1, -1));
      fails(UvError.EBADF, fs.sendfile(bad, good, 0, 1));
      fails(UvError.EBADF, fs.sendfile(good, bad, 0, 1));
      assertThat(buffer.get(0)).isZero();
    }
    close(good);
    assertThat(content(at("file"))).isEqualTo("abc");
  }

  @Test
  void aClosedNumberStandsForNothing() {
    int fd = open(file("file", "abc"), O_RDWR);
    close(fd);
    fails(UvError.EBADF, fs.close(fd));
    fails(UvError.EBADF, fs.fstat(fd, new FsAnswer()));
    fails(UvError.EBADF, fs.read(fd, buffers(ByteBuffer.allocate(1)), 0));
  }

  @Test
  void descriptorsOfOneFileKnowNothingOfEachOther() {
    String path = file("file", "abc");
    int first = open(path, O_RDONLY);
    int second = open(path, O_RDONLY);
    assertThat(read(first, 2)).isEqualTo("ab");
    assertThat(read(second, 2)).isEqualTo("ab");
    close(first);
    assertThat(read(second, 2)).isEqualTo("c");
    close(second);
  }

  @Test
  void whatIsMissingIsMadeIfAskedFor() {
    for (int access : ACCESSES) {
      fails(UvError.ENOENT, fs.open(at("new"), access, 0600));
      fails(UvError.ENOENT, fs.open(at("new"), access | O_TRUNC, 0600));
      fails(UvError.ENOENT, fs.open(at("new"), access | O_EXCL, 0600));
      fails(UvError.ENOENT, fs.open(at("missing/new"), access | O_CREAT, 0600));
      for (int more : new int[] {0, O_EXCL, O_TRUNC, O_NOFOLLOW, O_EXCL | O_TRUNC | O_NOFOLLOW}) {
        close(open(at("new"), access | O_CREAT | more, 0640));
        assertThat(stat(at("new")).size()).isZero();
        assertThat(stat(at("new")).isRegularFile()).isTrue();
        done(fs.unlink(at("new")));
      }
    }
  }

  /** No usual umask takes bits of the owner. */
  @Test
  void aNewFileHasTheModeThatTheUmaskLeaves() {
    int umask = 0777 & ~permissionsOfNew(0777);
    for (int mode : new int[] {0600, 0644, 0666, 0700, 0755, 0711, 0757}) {
      assertThat(permissionsOfNew(mode)).isEqualTo(mode & ~umask);
    }
  }

  private int permissionsOfNew(int mode) {
    close(open(at("new"), O_WRONLY | O_CREAT, mode));
    int permissions = stat(at("new")).permissions();
    done(fs.unlink(at("new")));
    return permissions;
  }

  @Test
  void theModeOfWhatIsThereStays() {
    String path = file("file", "abc");
    done(fs.chmod(path, 0640));
    close(open(path, O_RDWR | O_CREAT, 0777));
    assertThat(stat(path).permissions()).isEqualTo(0640);
  }

  @Test
  void exclusiveCreationRefusesAllThatIsThere() {
    file("file", "abc");
    directory("directory");
    symlink("nowhere", "dangling");
    symlink("file", "link");
    for (int access : ACCESSES) {
      for (String name : List.of("file", "directory", "dangling", "link")) {
        fails(UvError.EEXIST, fs.open(at(name), access | O_CREAT | O_EXCL | O_TRUNC, 0600));
      }
    }
    assertThat(content(at("file"))).isEqualTo("abc");
    assertThat(isMissing(at("nowhere"))).isTrue();
  }

  @Test
  void truncationEmptiesAndNothingElseDoes() {
    for (int access : ACCESSES) {
      String path = file("file", "abc");
      close(open(path, access));
      close(open(path, access | O_CREAT));
      assertThat(content(path)).isEqualTo("abc");
      close(open(path, access | O_TRUNC));
      assertThat(content(path)).isEmpty();
      file("file", "abc");
      close(open(path, access | O_TRUNC | O_CREAT));
      assertThat(content(path)).isEmpty();
    }
  }

  @Test
  void creationFollowsLinksThatLeadNowhere() {
    directory("directory");
    symlink("directory/target", "dangling");
    for (int access : ACCESSES) {
      for (int more : new int[] {0, O_TRUNC}) {
        close(open(at("dangling"), access | O_CREAT | more));
        assertThat(lstat(at("directory/target")).isRegularFile()).isTrue();
        assertThat(lstat(at("dangling")).isSymbolicLink()).isTrue();
        done(fs.unlink(at("directory/target")));
      }
    }
  }

  @Test
  void nofollowRefusesLinksAtTheEndOnly() {
    directory("directory");
    file("directory/file", "abc");
    symlink("directory/file", "link");
    symlink("directory", "way");
    for (int access : ACCESSES) {
      fails(UvError.ELOOP, fs.open(at("link"), access | O_NOFOLLOW, 0));
      close(open(at("way/file"), access | O_NOFOLLOW));
    }
    fails(UvError.ELOOP, fs.open(at("way"), O_RDONLY | O_NOFOLLOW, 0));
    fails(UvError.ELOOP, fs.open(at("way"), O_RDONLY | O_NOFOLLOW | O_CREAT, 0600));
    fails(UvError.ELOOP, fs.open(at("way"), O_RDONLY | O_NOFOLLOW | O_TRUNC, 0));
    close(open(at("way/"), O_RDONLY | O_NOFOLLOW));
    assertThat(content(at("link"))).isEqualTo("abc");
  }

  @Test
  void nofollowTakesNoLinkForADirectory() {
    directory("directory");
    file("file", "");
    symlink("directory", "way");
    symlink("file", "link");
    symlink("missing", "dangling");
    symlink("loop", "loop");
    for (String name : List.of("way", "link", "dangling", "loop", "file")) {
      fails(UvError.ENOTDIR, fs.open(at(name), O_RDONLY | O_DIRECTORY | O_NOFOLLOW, 0));
    }
    close(open(at("way/"), O_RDONLY | O_DIRECTORY | O_NOFOLLOW));
    close(open(at("way"), O_RDONLY | O_DIRECTORY));
  }

  @Test
  void aDescriptorDoesOnlyWhatItWasOpenedFor() {
    String path = file("file", "abc");
    ByteBuffer[] one = buffers(ByteBuffer.allocate(1));
    ByteBuffer[] none = buffers(ByteBuffer.allocate(0));
    for (long offset : new long[] {AT_POSITION, 0}) {
      int in = open(path, O_RDONLY);
      fails(UvError.EBADF, fs.write(in, one, offset));
      fails(UvError.EBADF, fs.write(in, none, offset));
      fails(UvError.EINVAL, fs.ftruncate(in, 0));
      close(in);
      for (int flags : new int[] {O_WRONLY, O_WRONLY | O_APPEND}) {
        int out = open(path, flags);
        fails(UvError.EBADF, fs.read(out, one, offset));
        fails(UvError.EBADF, fs.read(out, none, offset));
        close(out);
      }
    }
    assertThat(content(path)).isEqualTo("abc");
  }

  @Test
  void aDirectoryIsOpenedToReadAndYetNotRead() {
    String path = directory("directory");
    for (int flags : new int[] {O_RDONLY, O_RDONLY | O_DIRECTORY, O_RDONLY | O_NOFOLLOW}) {
      int fd = open(path, flags);
      assertThat(fstat(fd).isDirectory()).isTrue();
      assertThat(fstat(fd).isSameFileAs(stat(path))).isTrue();
      fails(UvError.EISDIR, fs.read(fd, buffers(ByteBuffer.allocate(1)), AT_POSITION));
      fails(UvError.EISDIR, fs.read(fd, buffers(ByteBuffer.allocate(1)), 0));
      fails(UvError.EBADF, fs.write(fd, buffers(ByteBuffer.allocate(1)), AT_POSITION));
      fails(UvError.EINVAL, fs.ftruncate(fd, 0));
      done(fs.fsync(fd));
      done(fs.fchmod(fd, 0711));
      assertThat(stat(path).permissions()).isEqualTo(0711);
      done(fs.fchmod(fd, 0700));
      close(fd);
    }
    for (int flags : new int[] {O_WRONLY, O_RDWR, O_TRUNC, O_CREAT, O_WRONLY | O_APPEND}) {
      fails(UvError.EISDIR, fs.open(path, flags, 0600));
    }
    fails(UvError.ENOTDIR, fs.open(file("file", ""), O_RDONLY | O_DIRECTORY, 0));
  }

  @Test
  void whatIsWrittenAtOnceIsWrittenAsAnyOther() {
    for (int flag : new int[] {O_SYNC, O_DSYNC}) {
      int fd = open(at("file"), O_RDWR | O_CREAT | O_TRUNC | flag);
      write(fd, "abc");
      assertThat(read(fd, 8, 0)).isEqualTo("abc");
      done(fs.fsync(fd));
      done(fs.fdatasync(fd));
      close(fd);
    }
  }

  @Test
  void aFileLivesWhileItIsOpenWhateverItsNameLeadsTo() {
    String path = file("file", "abc");
    int fd = open(path, O_RDWR);
    done(fs.unlink(path));
    file("file", "another");
    write(fd, "def", 3);
    assertThat(read(fd, 8)).isEqualTo("abcdef");
    assertThat(size(fd)).isEqualTo(6);
    done(fs.ftruncate(fd, 2));
    assertThat(size(fd)).isEqualTo(2);
    close(fd);
    assertThat(content(path)).isEqualTo("another");
  }

  @Test
  void manyFilesAreOpenAtOnce() {
    int many = 500;
    String path = file("file", "abc");
    List<Integer> all = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      all.add(open(path, O_RDONLY));
    }
    assertThat(all).doesNotHaveDuplicates();
    for (int fd : all) {
      assertThat(read(fd, 8)).isEqualTo("abc");
      close(fd);
    }
  }
}
