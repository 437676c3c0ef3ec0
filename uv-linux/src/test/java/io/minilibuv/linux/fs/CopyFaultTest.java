// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.core.UvError.EACCES;
import static io.minilibuv.core.UvError.EIO;
import static io.minilibuv.core.UvError.EMFILE;
import static io.minilibuv.core.UvError.ENOSPC;
import static io.minilibuv.core.UvError.EPERM;
import static io.minilibuv.fs.FsFlags.COPYFILE_EXCL;
import static io.minilibuv.fs.FsFlags.COPYFILE_FICLONE;
import static io.minilibuv.fs.FsFlags.COPYFILE_FICLONE_FORCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsStat;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of which something fails: the caller is told, and what was there before still is. */
class CopyFaultTest extends FaultFixture {
  private static final long CIFS = 0xFF534D42L;

  private long copy(int flags) {
    return fs.copyfile(file("source", "abcdef"), at("target"), flags);
  }

  /** Has a file system say that it is another kind. */
  static long sayType(Object[] arguments, long type) {
    ((MemorySegment) arguments[2]).set(ValueLayout.JAVA_LONG, 0, type);
    return 0;
  }

  /** Copies some of what is asked for. */
  private static long copyThree(Object[] arguments) {
    arguments[4] = 3L;
    return FaultyCalls.REAL.copyFileRange(
        (Scratch) arguments[0],
        (int) arguments[1],
        (MemorySegment) arguments[2],
        (int) arguments[3],
        3);
  }

  @ParameterizedTest
  @EnumSource(names = {"ENOTSUP", "EXDEV", "EINVAL", "ENOTTY", "EPERM", "ETXTBSY", "EIO"})
  void whatCannotBeClonedIsCopiedUnlessItMustBe(UvError error) {
    calls.alwaysFail("ioctl", error);
    done(copy(COPYFILE_FICLONE));
    assertThat(content("target")).isEqualTo("abcdef");

    file("target", "before");
    fails(error, copy(COPYFILE_FICLONE_FORCE));
    assertThat(content("target")).isEqualTo("before");

    done(fs.unlink(at("target")));
    fails(error, copy(COPYFILE_FICLONE_FORCE));
    fails(error, copy(COPYFILE_FICLONE_FORCE | COPYFILE_FICLONE | COPYFILE_EXCL));
    assertThat(exists("target")).isFalse();
  }

  /** Sharing blocks needs a file system that can: this one is told that it has. */
  @ParameterizedTest
  @ValueSource(ints = {COPYFILE_FICLONE, COPYFILE_FICLONE_FORCE})
  void aCloneIsNotCopied(int flag) {
    done(fs.chmod(file("source", "abcdef"), 0640));
    file("target", "longer than the source");
    calls.always("ioctl", arguments -> 0);
    calls.made();
    done(fs.copyfile(at("source"), at("target"), flag));
    assertThat(calls.made())
        .contains("ioctl", "futimens", "fchmod")
        .doesNotContain("copyFileRange", "sendfile");
    assertThat(stat("target").permissions()).isEqualTo(0640);
    assertThat(stat("target").size()).isEqualTo(flag == COPYFILE_FICLONE ? 0 : 6);
  }

  private FsStat stat(String name) {
    FsAnswer answer = new FsAnswer();
    done(fs.stat(at(name), answer));
    return Objects.requireNonNull(answer.stat());
  }

  @Test
  void aDiskThatGetsFullTakesAwayWhatWasMade() {
    for (int flags : new int[] {0, COPYFILE_EXCL}) {
      calls.answer("copyFileRange", CopyFaultTest::copyThree).fail("copyFileRange", ENOSPC);
      fails(ENOSPC, copy(flags));
      assertThat(exists("target")).isFalse();
    }
  }

  /** Its content is gone, for it was to be replaced; the file is not. */
  @Test
  void aDiskThatGetsFullLeavesWhatWasThere() {
    file("target", "before");
    calls.answer("copyFileRange", CopyFaultTest::copyThree).fail("copyFileRange", ENOSPC);
    fails(ENOSPC, copy(0));
    assertThat(content("target")).isEqualTo("abc");
  }

  @Test
  void whatWasMadeBehindALinkGoesAndTheLinkStays() {
    done(fs.symlink("behind", at("target")));
    calls.fail("copyFileRange", ENOSPC);
    fails(ENOSPC, copy(0));
    assertThat(exists("behind")).isFalse();
    assertThat(exists("target")).isTrue();
    done(copy(0));
    assertThat(content("behind")).isEqualTo("abcdef");
  }

  @Test
  void aCopyGoesOnWhereACallHasEnded() {
    calls.answer("copyFileRange", CopyFaultTest::copyThree);
    calls.answer("copyFileRange", CopyFaultTest::copyThree);
    done(copy(0));
    assertThat(content("target")).isEqualTo("abcdef");
  }

  @Test
  void aSourceThatIsCutOffEndsTheCopy() {
    calls.answer("copyFileRange", CopyFaultTest::copyThree);
    calls.answer("copyFileRange", arguments -> 0);
    done(copy(0));
    assertThat(content("target")).isEqualTo("abc");
  }

  @ParameterizedTest
  @ValueSource(strings = {"futimens", "fchmod", "ftruncate"})
  void whatCannotBeSetFailsTheCopy(String call) {
    calls.fail(call, EPERM);
    fails(EPERM, copy(0));
    assertThat(exists("target")).isFalse();
  }

  @Test
  void anOwnerThatCannotBeSetIsLeft() {
    calls.alwaysFail("fchown", EPERM);
    done(copy(0));
    assertThat(content("target")).isEqualTo("abcdef");
  }

  /**
   * The mode is the owner's to set: who may only write to the target does not empty it for that.
   */
  @Test
  void whoMayNotSetTheModeLosesNothing() {
    file("target", "before");
    calls.alwaysFail("fchmod", EPERM);
    fails(EPERM, copy(0));
    assertThat(content("target")).isEqualTo("before");
  }

  @Test
  void sharesHaveNoModes() {
    calls.alwaysFail("fchmod", EPERM).always("fstatfs", arguments -> sayType(arguments, CIFS));
    done(copy(0));
    assertThat(content("target")).isEqualTo("abcdef");
    calls.alwaysFail("fchmod", EIO);
    fails(EIO, copy(0));
  }

  @Test
  void anEmptyFileNeedNotBeEmptied() {
    calls.fail("ftruncate", EACCES);
    done(copy(0));
    assertThat(content("target")).isEqualTo("abcdef");
    calls.fail("ftruncate", EACCES);
    fails(EACCES, copy(0));
    assertThat(content("target")).isEqualTo("abcdef");
  }

  @Test
  void whatClosingTellsIsTold() {
    calls.answer(
        "close",
        arguments -> {
          FaultyCalls.REAL.close((Scratch) arguments[0], (int) arguments[1]);
          return EIO.code();
        });
    fails(EIO, copy(0));
    assertThat(exists("target")).isFalse();
  }

  @Test
  void withoutDescriptorsNothingIsLeftOpenOrMade() {
    calls.fail("open", EMFILE);
    fails(EMFILE, copy(0));
    calls.answer(
        "open",
        arguments ->
            FaultyCalls.REAL.open(
                (Scratch) arguments[0],
                (MemorySegment) arguments[1],
                (int) arguments[2],
                (int) arguments[3]));
    calls.fail("open", EMFILE);
    fails(EMFILE, copy(0));
    assertThat(exists("target")).isFalse();
  }

  @Test
  void whatCannotBeToldOfIsNotCopied() {
    calls.fail("statx", EIO);
    fails(EIO, copy(0));
    assertThat(exists("target")).isFalse();
  }
}
