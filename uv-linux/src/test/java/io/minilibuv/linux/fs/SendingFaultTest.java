// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.core.UvError.EAGAIN;
import static io.minilibuv.core.UvError.EIO;
import static io.minilibuv.core.UvError.ENOSYS;
import static io.minilibuv.core.UvError.EPERM;
import static io.minilibuv.core.UvError.ESPIPE;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The three ways to send, and which error leads to which. */
class SendingFaultTest extends FaultFixture {
  private static final int PIECE = 8192;
  private static final short POLLERR = 8;

  private String text;
  private int in;
  private int out;

  @BeforeEach
  void openBoth() {
    text = "0123456789".repeat(2_000);
    in = open(file("in", text), O_RDONLY);
    out = open(file("out", ""), O_RDWR);
    calls.made();
  }

  @AfterEach
  void closeBoth() {
    close(in);
    close(out);
  }

  private long send() {
    return fs.sendfile(out, in, 0, text.length());
  }

  private void sends(String... made) {
    assertThat(told(send())).isEqualTo(Integer.toString(text.length()));
    assertThat(calls.made()).containsExactly(made);
    assertThat(content("out")).endsWith(text);
  }

  @Test
  void copyFileRangeIsFirst() {
    sends("copyFileRange");
  }

  @ParameterizedTest
  @EnumSource(names = {"EXDEV", "ENOTSUP"})
  void sendfileIsNextWhereFileSystemsCannot(UvError error) {
    calls.fail("copyFileRange", error);
    sends("copyFileRange", "sendfile");
    sends("copyFileRange");
  }

  @Test
  void aKernelWithoutCopyFileRangeIsAskedOnce() {
    calls.fail("copyFileRange", ENOSYS);
    sends("copyFileRange", "sendfile");
    sends("sendfile");
  }

  @ParameterizedTest
  @ValueSource(longs = {0x517B, 0xFE534D42L, 0xFF534D42L})
  void sharesRefuseForNoReason(long type) {
    calls.always("fstatfs", arguments -> CopyFaultTest.sayType(arguments, type));
    calls.fail("copyFileRange", EPERM);
    sends("copyFileRange", "fstatfs", "sendfile");
  }

  @ParameterizedTest
  @EnumSource(names = {"EPERM", "EACCES", "ETXTBSY", "ENOSPC", "EBADF", "EFBIG", "EISDIR"})
  void otherErrorsAreTold(UvError error) {
    calls.fail("copyFileRange", error);
    fails(error, send());
    assertThat(calls.made()).doesNotContain("sendfile", "pread");
    assertThat(content("out")).isEmpty();
  }

  @Test
  void anOldCephIsBuggy() {
    assertThat(Sending.isBefore("4.19.0-27-amd64", 4, 20)).isTrue();
    assertThat(Sending.isBefore("3.10.0", 4, 20)).isTrue();
    assertThat(Sending.isBefore("", 4, 20)).isTrue();
    assertThat(Sending.isBefore("4.20.0-rc1", 4, 20)).isFalse();
    assertThat(Sending.isBefore("4.20", 4, 20)).isFalse();
    assertThat(Sending.isBefore("6.1.0-13-arm64", 4, 20)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(names = {"EINVAL", "EIO"})
  void memoryIsNextForWhatIsNoFile(UvError error) {
    calls.fail("copyFileRange", error);
    sends("copyFileRange", "pread", "write", "pread", "write", "pread", "write");
  }

  @ParameterizedTest
  @EnumSource(names = {"EINVAL", "EIO", "ENOTSOCK", "EXDEV"})
  void memoryIsLast(UvError error) {
    calls.fail("copyFileRange", UvError.EXDEV).fail("sendfile", error);
    sends("copyFileRange", "sendfile", "pread", "write", "pread", "write", "pread", "write");
  }

  private void emulated() {
    calls.fail("copyFileRange", UvError.EINVAL);
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "ESPIPE"})
  void whatHasNoOffsetsIsReadWhereItIs(UvError error) {
    emulated();
    calls.fail("pread", error);
    sends("copyFileRange", "pread", "read", "write", "read", "write", "read", "write");
  }

  @Test
  void memoryTakesNoNegativeOffset() {
    emulated();
    fails(UvError.EINVAL, fs.sendfile(out, in, -1, 5));
    assertThat(calls.made()).containsExactly("copyFileRange", "pread");
    assertThat(content("out")).isEmpty();
  }

  @Test
  void anErrorOfAReadIsToldIfNothingWasSent() {
    emulated();
    calls.fail("pread", UvError.EISDIR);
    fails(UvError.EISDIR, send());

    emulated();
    calls.fail("pread", ESPIPE).fail("read", EIO);
    fails(EIO, send());

    emulated();
    calls.answer("write", arguments -> (long) arguments[3]);
    calls.answer("pread", arguments -> PIECE).fail("pread", EIO);
    assertThat(send()).isEqualTo(PIECE);
  }

  @Test
  void anErrorOfAWriteIsAlwaysTold() {
    emulated();
    calls.answer("write", arguments -> (long) arguments[3]).fail("write", UvError.EPIPE);
    fails(UvError.EPIPE, send());
  }

  @Test
  void whoCannotWriteWaits() {
    emulated();
    calls.fail("write", EAGAIN, UvError.EINTR).fail("poll", UvError.EINTR);
    sends(
        "copyFileRange",
        "pread",
        "write",
        "poll",
        "poll",
        "write",
        "write",
        "pread",
        "write",
        "pread",
        "write");
  }

  @Test
  void whatNeverGetsWritableIsAnError() {
    emulated();
    calls.fail("write", EAGAIN).fail("poll", UvError.ENOMEM);
    fails(EIO, send());

    emulated();
    calls.fail("write", EAGAIN);
    calls.answer(
        "poll",
        arguments -> {
          ((MemorySegment) arguments[1]).set(ValueLayout.JAVA_SHORT, 6, POLLERR);
          return 1;
        });
    fails(EIO, send());
  }
}
