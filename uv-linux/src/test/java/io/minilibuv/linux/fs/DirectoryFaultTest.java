// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.core.UvError.EIO;
import static io.minilibuv.core.UvError.EMFILE;
import static io.minilibuv.core.UvError.ENOENT;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsDir;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Directories that cannot be opened, or not be read to their end. */
class DirectoryFaultTest extends FaultFixture {

  private FsDir opendir() {
    FsAnswer answer = new FsAnswer();
    done(fs.opendir(dir.toString(), answer));
    return Objects.requireNonNull(answer.dir());
  }

  @Test
  void withoutDescriptorsNothingIsOpened() {
    FsAnswer answer = new FsAnswer();
    calls.fail("open", EMFILE, EMFILE);
    fails(EMFILE, fs.scandir(dir.toString(), answer));
    fails(EMFILE, fs.opendir(dir.toString(), answer));
    assertThat(answer.dir()).isNull();
  }

  @Test
  void aListingThatFailsIsNoListing() {
    file("file", "");
    FsAnswer answer = new FsAnswer();
    calls.fail("getdents64", EIO);
    fails(EIO, fs.scandir(dir.toString(), answer));
    calls.answer("getdents64", arguments -> say(arguments, 8, "a", "b")).fail("getdents64", EIO);
    fails(EIO, fs.scandir(dir.toString(), answer));
    assertThat(answer.entries()).isEmpty();
  }

  /** What was read before is lost, as in C; and the directory can be read on, and is closed. */
  @Test
  void aPartOfADirectoryThatFailsIsLost() {
    FsDir opened = opendir();
    FsAnswer answer = new FsAnswer();
    calls.answer("getdents64", arguments -> say(arguments, 8, "a", "b")).fail("getdents64", EIO);
    fails(EIO, fs.readdir(opened, 9, answer));
    assertThat(answer.entries()).isEmpty();
    assertThat(fs.readdir(opened, 9, answer)).isZero();
    done(fs.closedir(opened));
  }

  @Test
  void aDirectoryThatIsGoneHasEnded() {
    FsDir opened = opendir();
    calls.fail("getdents64", ENOENT);
    assertThat(fs.readdir(opened, 9, new FsAnswer())).isZero();
    done(fs.closedir(opened));
  }

  @Test
  void whatIsClosedIsNotRead() {
    FsDir opened = opendir();
    done(fs.closedir(opened));
    fails(UvError.EBADF, fs.readdir(opened, 1, new FsAnswer()));
    calls.made();
    done(fs.closedir(opened));
    assertThat(calls.made()).isEmpty();
  }

  @Test
  void whatClosingResultsInIsNobodysBusiness() {
    FsDir opened = opendir();
    calls.answer(
        "close",
        arguments -> {
          FaultyCalls.REAL.close((Scratch) arguments[0], (int) arguments[1]);
          return EIO.code();
        });
    done(fs.closedir(opened));
  }

  @Test
  void theDirectorySaysWhatItsEntriesAre() {
    DirentType[] expected = {
      DirentType.UNKNOWN,
      DirentType.FIFO,
      DirentType.CHAR,
      DirentType.UNKNOWN,
      DirentType.DIR,
      DirentType.UNKNOWN,
      DirentType.BLOCK,
      DirentType.UNKNOWN,
      DirentType.FILE,
      DirentType.UNKNOWN,
      DirentType.LINK,
      DirentType.UNKNOWN,
      DirentType.SOCKET
    };
    IntStream.range(0, expected.length)
        .forEach(
            type -> {
              FsAnswer answer = new FsAnswer();
              calls.answer("getdents64", arguments -> say(arguments, type, ".", "a", "..", "..."));
              calls.answer("getdents64", arguments -> 0);
              assertThat(fs.scandir(dir.toString(), answer)).isEqualTo(2);
              assertThat(answer.entries()).extracting("type").containsOnly(expected[type]);
              assertThat(answer.entries()).extracting("name").containsExactly("...", "a");
            });
  }

  /** Writes entries as the kernel does, and gives how many bytes they have. */
  private static long say(Object[] arguments, int type, String... names) {
    MemorySegment chunk = (MemorySegment) arguments[2];
    long at = 0;
    for (String name : names) {
      long size = (19 + name.length() + 1 + 7) / 8 * 8L;
      chunk.set(ValueLayout.JAVA_LONG, at, 1);
      chunk.set(ValueLayout.JAVA_SHORT, at + 16, (short) size);
      chunk.set(ValueLayout.JAVA_BYTE, at + 18, (byte) type);
      chunk.setString(at + 19, name, StandardCharsets.UTF_8);
      at += size;
    }
    return at;
  }
}
