// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.core.UvError.EAGAIN;
import static io.minilibuv.core.UvError.EFAULT;
import static io.minilibuv.core.UvError.EINTR;
import static io.minilibuv.core.UvError.EIO;
import static io.minilibuv.core.UvError.ENOSPC;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads and writes that fail, and writes that are cut short. */
class TransferFaultTest extends FaultFixture {
  private int fd;

  @BeforeEach
  void open() {
    fd = open(file("file", ""), O_RDWR);
    calls.made();
  }

  @AfterEach
  void close() {
    close(fd);
  }

  /** Has the next write of one buffer write {@code count} bytes of it. */
  private void writeSome(long count) {
    calls.answer(
        "write",
        arguments ->
            FaultyCalls.REAL.write(
                (Scratch) arguments[0],
                (int) arguments[1],
                ((MemorySegment) arguments[2]).asSlice(0, count),
                count));
    calls.answer(
        "pwrite",
        arguments ->
            FaultyCalls.REAL.pwrite(
                (Scratch) arguments[0],
                (int) arguments[1],
                ((MemorySegment) arguments[2]).asSlice(0, count),
                count,
                (long) arguments[4]));
  }

  private static ByteBuffer direct(String text) {
    return ByteBuffer.allocateDirect(text.length()).put(bytes(text)).flip();
  }

  @ParameterizedTest
  @ValueSource(longs = {AT_POSITION, 0})
  void aWriteGoesOnWhereACallHasEnded(long offset) {
    for (ByteBuffer buffer : buffers(bytes("abcdef"), direct("abcdef"))) {
      writeSome(1);
      writeSome(3);
      assertThat(fs.write(fd, buffers(buffer), offset)).isEqualTo(6);
      assertThat(content("file")).endsWith("abcdef");
      assertThat(buffer.hasRemaining()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {AT_POSITION, 0})
  void anErrorAfterSomeBytesIsTheirNumber(long offset) {
    for (ByteBuffer buffer : buffers(bytes("abcdef"), direct("abcdef"))) {
      writeSome(3);
      calls.fail(offset < 0 ? "write" : "pwrite", EINTR, ENOSPC, ENOSPC);
      assertThat(fs.write(fd, buffers(buffer), offset)).isEqualTo(3);
      assertThat(buffer.position()).isEqualTo(3);
      fails(ENOSPC, fs.write(fd, buffers(buffer), offset));
      assertThat(buffer.position()).isEqualTo(3);
      assertThat(content("file")).endsWith("abc");
      calls.answer(offset < 0 ? "write" : "pwrite", arguments -> 0);
      assertThat(fs.write(fd, buffers(buffer), offset)).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"EIO", "EAGAIN", "EFBIG", "EPIPE", "EPERM"})
  void anErrorIsTold(UvError error) {
    calls.fail("write", error).fail("pwrite", error).fail("writev", error).fail("pwritev", error);
    fails(error, fs.write(fd, buffers(bytes("a")), AT_POSITION));
    fails(error, fs.write(fd, buffers(bytes("a")), 0));
    fails(error, fs.write(fd, buffers(bytes("a"), bytes("b")), AT_POSITION));
    fails(error, fs.write(fd, buffers(bytes("a"), bytes("b")), 0));
    assertThat(content("file")).isEmpty();
  }

  /** Has the next write of several buffers write {@code count} bytes of the first that is left. */
  private void writeFirst(long count) {
    calls.answer(
        "pwritev",
        arguments -> {
          MemorySegment first = (MemorySegment) arguments[2];
          assertThat(first.get(JAVA_LONG, 8)).isGreaterThanOrEqualTo(count);
          MemorySegment from = MemorySegment.ofAddress(first.get(JAVA_LONG, 0));
          return FaultyCalls.REAL.pwrite(
              (Scratch) arguments[0], (int) arguments[1], from, count, (long) arguments[4]);
        });
  }

  @Test
  void severalBuffersGoOnInTheMiddleOfOne() {
    writeFirst(1);
    writeFirst(2);
    writeFirst(2);
    calls.fail("pwritev", EINTR);
    ByteBuffer[] all = buffers(bytes("abc"), bytes(""), direct("defg"), bytes("hi"), direct("j"));
    assertThat(fs.write(fd, all, 0)).isEqualTo(10);
    assertThat(content("file")).isEqualTo("abcdefghij");
    assertThat(Arrays.stream(all)).noneMatch(ByteBuffer::hasRemaining);
  }

  @Test
  void anErrorBetweenBuffersIsTheNumberOfBytesBefore() {
    writeFirst(3);
    writeFirst(1);
    calls.fail("pwritev", ENOSPC);
    ByteBuffer[] all = buffers(bytes("abc"), direct("defg"), bytes("hi"));
    assertThat(fs.write(fd, all, 0)).isEqualTo(4);
    assertThat(content("file")).isEqualTo("abcd");
    assertThat(Arrays.stream(all).map(ByteBuffer::remaining)).containsExactly(0, 3, 2);
  }

  @Test
  void anErrorAfterTheFirstThousandBuffersIsTheirNumber() {
    ByteBuffer[] all = new ByteBuffer[2 * IoVectors.MOST];
    Arrays.setAll(all, i -> bytes("x"));
    calls.answer(
        "pwritev",
        arguments -> {
          assertThat((int) arguments[3]).isEqualTo(IoVectors.MOST);
          return (int) arguments[3];
        });
    calls.fail("pwritev", ENOSPC);
    assertThat(fs.write(fd, all, 0)).isEqualTo(IoVectors.MOST);
    assertThat(calls.made()).containsExactly("pwritev", "pwritev");
  }

  /** Nothing is lost behind a thousand buffers of nothing. */
  @Test
  void emptyBuffersDoNotEndAWrite() {
    ByteBuffer[] all = new ByteBuffer[IoVectors.MOST + 1];
    Arrays.fill(all, ByteBuffer.allocate(0));
    all[IoVectors.MOST] = bytes("abc");
    assertThat(fs.write(fd, all, 0)).isEqualTo(3);
    assertThat(content("file")).isEqualTo("abc");
  }

  @Test
  void aReadIsOneCallWhateverItGives() {
    for (UvError error : new UvError[] {EIO, EAGAIN, EINTR}) {
      calls.fail("read", error).fail("pread", error).fail("readv", error).fail("preadv", error);
      ByteBuffer buffer = ByteBuffer.allocate(3);
      fails(error, fs.read(fd, buffers(buffer), AT_POSITION));
      fails(error, fs.read(fd, buffers(buffer), 0));
      fails(error, fs.read(fd, buffers(buffer, buffer), AT_POSITION));
      fails(error, fs.read(fd, buffers(buffer, buffer), 0));
      assertThat(calls.made()).containsExactly("read", "pread", "readv", "preadv");
      assertThat(buffer.position()).isZero();
    }
  }

  @Test
  void memoryThatIsNotToBeWrittenIsNotReadInto() {
    for (ByteBuffer buffer : buffers(bytes("abc"), direct("abc"))) {
      ByteBuffer readOnly = buffer.asReadOnlyBuffer();
      fails(EFAULT, fs.read(fd, buffers(readOnly), 0));
      fails(EFAULT, fs.read(fd, buffers(ByteBuffer.allocate(1), readOnly), 0));
    }
    assertThat(calls.made()).isEmpty();
  }

  @Test
  void memoryThatIsGoneIsNotTouched() throws Exception {
    ByteBuffer gone;
    try (Arena arena = Arena.ofConfined()) {
      gone = arena.allocate(8).asByteBuffer();
      assertThat(fs.write(fd, buffers(gone.duplicate()), 0)).isEqualTo(8);
      Thread another =
          new Thread(() -> fails(EFAULT, fs.read(fd, buffers(gone.duplicate()), 0)), "another");
      another.start();
      another.join();
    }
    calls.made();
    fails(EFAULT, fs.read(fd, buffers(gone), 0));
    fails(EFAULT, fs.write(fd, buffers(gone), 0));
    fails(EFAULT, fs.write(fd, buffers(bytes("a"), gone), 0));
    assertThat(calls.made()).isEmpty();
  }

  @Test
  void memoryThatIsOpenIsReadInto() {
    assertThat(fs.write(fd, buffers(bytes("abcdef")), 0)).isEqualTo(6);
    try (Arena arena = Arena.ofShared()) {
      ByteBuffer one = arena.allocate(4).asByteBuffer();
      ByteBuffer other = ByteBuffer.allocate(4);
      assertThat(fs.read(fd, buffers(one.duplicate(), other), 0)).isEqualTo(6);
      assertThat(ISO_8859_1.decode(one).toString()).isEqualTo("abcd");
      assertThat(other.position()).isEqualTo(2);
    }
  }

  /** The kernel is given what each of the buffers has, twice. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aBufferThatIsThereTwiceIsWrittenTwice(boolean direct) {
    ByteBuffer twice = direct ? ByteBuffer.allocateDirect(6) : ByteBuffer.allocate(6);
    twice.put(bytes("hello!")).flip().limit(5);
    ByteBuffer once = bytes("-");
    assertThat(fs.write(fd, buffers(twice, once, twice), -1)).isEqualTo(11);
    assertThat(content("file")).isEqualTo("hello-hello");
    assertThat(twice.position()).isEqualTo(5);
    assertThat(once.hasRemaining()).isFalse();
  }
}
