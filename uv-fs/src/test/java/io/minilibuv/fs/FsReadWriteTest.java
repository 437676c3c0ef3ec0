// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.minilibuv.core.RunMode;
import io.minilibuv.core.UvError;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code test/test-fs.c}: buffers, offsets, and the file position. */
class FsReadWriteTest extends FsFixture {
  /** As many as libuv's tests write: many more than one call to the system takes. */
  private static final int ALOT = 54321;

  private static final int IOV_MAX = 1024;

  private static ByteBuffer[] allocate(int... sizes) {
    return Arrays.stream(sizes).mapToObj(ByteBuffer::allocate).toArray(ByteBuffer[]::new);
  }

  private static ByteBuffer[] repeat(String text, int count) {
    byte[] bytes = text.getBytes(UTF_8);
    ByteBuffer[] buffers = new ByteBuffer[count];
    Arrays.setAll(buffers, i -> ByteBuffer.wrap(bytes));
    return buffers;
  }

  @Test
  void fsReadBufs() {
    byte[] content = new byte[446];
    new Random(446).nextBytes(content);
    int fd = Fs.open(file("lorem_ipsum.txt", content), O_RDONLY, 0);
    assertFails(UvError.EINVAL, () -> Fs.read(fd, new ByteBuffer[0], 0));

    ByteBuffer[] first = allocate(256, 256);
    assertEquals(446, Fs.read(fd, first, 0));
    assertEquals(256, first[0].position());
    assertEquals(190, first[1].position());
    ByteBuffer[] second = allocate(128, 128);
    assertEquals(190, Fs.read(fd, second, 256));
    assertEquals(62, second[1].position());
    assertArrayEquals(Arrays.copyOf(content, 256), first[0].array());
    assertEquals(first[1].duplicate().position(0).limit(128), second[0].flip());
    assertEquals(first[1].flip().position(128), second[1].flip());
    Fs.close(fd);
  }

  @Test
  void fsReadFileEof() {
    int fd = Fs.open(file("test_file", TEST_BUF), O_RDONLY, 0);
    ByteBuffer buffer = ByteBuffer.allocate(32);
    assertEquals(TEST_BUF.length(), Fs.read(fd, buffer, -1));
    assertEquals(TEST_BUF, text(buffer));
    int before = buffer.position();
    assertEquals(0, Fs.read(fd, buffer, TEST_BUF.length()));
    assertEquals(0, Fs.read(fd, buffer, 1L << 40));
    assertEquals(0, Fs.read(fd, buffer, -1));
    assertEquals(before, buffer.position());
    Fs.close(fd);
  }

  @Test
  void fsWriteMultipleBufs() {
    int fd = Fs.open(at("test_file"), O_WRONLY | O_CREAT, 0600);
    ByteBuffer[] both = {bytes(TEST_BUF), bytes(TEST_BUF2)};
    int length = TEST_BUF.length() + TEST_BUF2.length();
    assertEquals(length, Fs.write(fd, both, 0));
    assertFalse(both[1].hasRemaining());
    Fs.close(fd);

    int in = Fs.open(at("test_file"), O_RDONLY, 0);
    for (long offset : new long[] {-1, 0}) {
      ByteBuffer[] back = allocate(TEST_BUF.length(), TEST_BUF2.length());
      assertEquals(length, Fs.read(in, back, offset));
      assertEquals(TEST_BUF, text(back[0]));
      assertEquals(TEST_BUF2, text(back[1]));
      assertEquals("", read(in, 32));
    }
    assertEquals(0, Fs.read(in, ByteBuffer.allocate(32), length));
    Fs.close(in);
  }

  @Test
  void fsWriteAlotofBufs() {
    int fd = Fs.open(at("test_file"), O_RDWR | O_CREAT, 0600);
    long total = (long) ALOT * TEST_BUF.length();
    assertEquals(total, Fs.write(fd, repeat(TEST_BUF, ALOT), -1));
    Fs.close(fd);

    fd = Fs.open(at("test_file"), O_RDONLY, 0);
    int[] sizes = new int[ALOT];
    Arrays.fill(sizes, TEST_BUF.length());
    ByteBuffer[] back = allocate(sizes);
    assertEquals((long) IOV_MAX * TEST_BUF.length(), Fs.read(fd, back, -1));
    for (int i = 0; i < ALOT; i++) {
      assertEquals(i < IOV_MAX ? TEST_BUF : "", text(back[i]));
    }
    assertEquals(total, Fs.fstat(fd).size());
    Fs.close(fd);
  }

  @Test
  void fsWriteAlotofBufsWithOffset() {
    String filler = "0123456789";
    int fd = Fs.open(at("test_file"), O_RDWR | O_CREAT, 0600);
    write(fd, filler);
    long total = (long) ALOT * TEST_BUF.length();
    assertEquals(total, Fs.write(fd, repeat(TEST_BUF, ALOT), filler.length()));

    int[] sizes = new int[ALOT];
    Arrays.fill(sizes, TEST_BUF.length());
    ByteBuffer[] back = allocate(sizes);
    assertEquals((long) IOV_MAX * TEST_BUF.length(), Fs.read(fd, back, filler.length()));
    assertEquals(TEST_BUF, text(back[IOV_MAX - 1]));
    assertEquals("", text(back[IOV_MAX]));
    assertEquals(filler.length() + total, Fs.stat(at("test_file")).size());
    assertEquals(0, Fs.read(fd, ByteBuffer.allocate(32), filler.length() + total));
    Fs.close(fd);
    assertEquals(filler + TEST_BUF.repeat(ALOT), content(at("test_file")));
  }

  @Test
  void fsReadWriteNullArguments() {
    ByteBuffer[] none = {};
    assertFails(UvError.EINVAL, () -> Fs.read(0, none, -1));
    assertFails(UvError.EINVAL, () -> Fs.write(0, none, -1));
    assertFails(UvError.EINVAL, () -> Fs.read(loop, 0, none, -1, FsReadWriteTest::unexpected));
    assertFails(UvError.EINVAL, () -> Fs.write(loop, 0, none, -1, FsReadWriteTest::unexpected));
    assertFalse(loop.isAlive());
    assertFalse(loop.run());
  }

  private static void unexpected(FsRequest request) {
    throw new AssertionError("called back: " + request);
  }

  @Test
  void aReadOnlyBufferCannotBeReadInto() {
    ByteBuffer buffer = ByteBuffer.allocate(1).asReadOnlyBuffer();
    assertFails(UvError.EFAULT, () -> Fs.read(0, buffer, 0));
    assertFails(UvError.EFAULT, () -> Fs.read(loop, 0, buffer, 0, FsReadWriteTest::unexpected));
    int fd = Fs.open(at("test_file"), O_WRONLY | O_CREAT, 0600);
    assertEquals(1, Fs.write(fd, buffer, 0));
    Fs.close(fd);
  }

  @Test
  void fsFilePosAfterOpWithOffset() {
    int fd = Fs.open(at("test_file"), O_RDWR | O_CREAT, 0600);
    assertEquals(TEST_BUF.length(), Fs.write(fd, bytes(TEST_BUF), 0));
    // Java has no lseek to ask: what is at the position tells.
    assertEquals(TEST_BUF, read(fd, 32));
    Fs.close(fd);

    fd = Fs.open(at("test_file"), O_RDWR, 0);
    ByteBuffer buffer = ByteBuffer.allocate(32);
    assertEquals(TEST_BUF.length(), Fs.read(fd, buffer, 0));
    assertEquals(TEST_BUF, text(buffer));
    assertEquals(TEST_BUF, read(fd, 32));
    Fs.close(fd);
  }

  /** What both position tests begin with: {@code abcd}, and the position at the end. */
  private int writeAndReadAtThePosition(int flags) {
    int fd = Fs.open(at("test_file"), flags, 0600);
    write(fd, "abc");
    assertEquals("", read(fd, 32));
    ByteBuffer buffer = ByteBuffer.allocate(1);
    assertEquals(1, Fs.read(fd, buffer, 1));
    assertEquals("b", text(buffer));
    assertEquals("", read(fd, 32));
    write(fd, "d");
    assertEquals("", read(fd, 32));
    return fd;
  }

  @Test
  void anyNegativeOffsetIsTheFilePosition() {
    int fd = Fs.open(at("test_file"), O_RDWR | O_CREAT, 0600);
    Fs.write(fd, bytes("ab"), -2);
    Fs.write(fd, bytes("cd"), Long.MIN_VALUE);
    Fs.write(fd, bytes("e"), 0);
    Fs.close(fd);
    fd = Fs.open(at("test_file"), O_RDWR, 0);
    for (long offset : new long[] {-7, Long.MIN_VALUE}) {
      ByteBuffer buffer = ByteBuffer.allocate(2);
      assertEquals(2, Fs.read(fd, buffer, offset));
      assertEquals(offset == -7 ? "eb" : "cd", text(buffer));
    }
    Fs.close(fd);
  }

  @Test
  void fsFilePosWrite() {
    int fd = writeAndReadAtThePosition(O_TRUNC | O_CREAT | O_RDWR);
    assertEquals(1, Fs.write(fd, bytes("e"), 1));
    assertEquals("", read(fd, 32));
    Fs.close(fd);
    assertEquals("aecd", content(at("test_file")));
  }

  @Test
  void fsFilePosAppend() {
    int fd = writeAndReadAtThePosition(O_APPEND | O_CREAT | O_RDWR);
    assertEquals(1, Fs.write(fd, bytes("e"), 1));
    assertEquals("e", read(fd, 32));
    Fs.close(fd);
    assertEquals("abcde", content(at("test_file")));
  }

  @Test
  void appendingLeavesThePositionOfOtherDescriptors() {
    String path = file("test_file", "abc");
    int reader = Fs.open(path, O_RDONLY, 0);
    int first = Fs.open(path, O_WRONLY | O_APPEND, 0);
    int second = Fs.open(path, O_WRONLY | O_APPEND, 0);
    write(first, "d");
    write(second, "e");
    write(first, "f");
    assertEquals("abcdef", read(reader, 32));
    Fs.ftruncate(first, 1);
    write(second, "g");
    Fs.ftruncate(second, 4);
    Fs.close(reader);
    Fs.close(first);
    Fs.close(second);
    assertEquals("ag\0\0", content(path));
  }

  @Test
  void truncationLeavesThePosition() {
    int fd = Fs.open(file("test_file", "abcdef"), O_RDWR, 0);
    assertEquals("abcd", read(fd, 4));
    Fs.ftruncate(fd, 2);
    assertEquals("", read(fd, 4));
    write(fd, "x");
    Fs.ftruncate(fd, 7);
    Fs.ftruncate(fd, 7);
    assertEquals("\0\0", read(fd, 4));
    Fs.ftruncate(fd, 1L << 33);
    assertEquals(1L << 33, Fs.fstat(fd).size());
    Fs.ftruncate(fd, 7);
    assertFails(UvError.EINVAL, () -> Fs.ftruncate(fd, -1));
    Fs.close(fd);
    assertEquals("ab\0\0x\0\0", content(at("test_file")));
    int in = Fs.open(at("test_file"), O_RDONLY, 0);
    assertFails(UvError.EINVAL, () -> Fs.ftruncate(in, 0));
    Fs.close(in);
  }

  @ValueSource(booleans = {false, true})
  @ParameterizedTest
  void bigBuffersGoThroughWhole(boolean direct) {
    int size = 3 * 1024 * 1024 + 17;
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    ByteBuffer out = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
    out.put(content).flip();
    ByteBuffer[] parts = {
      out.slice(0, 5),
      ByteBuffer.allocate(0),
      out.slice(5, 2_000_000),
      out.slice(2_000_005, 12),
      out.slice(2_000_017, size - 2_000_017)
    };
    for (long offset : new long[] {-1, 0}) {
      int fd = Fs.open(at("test_file"), O_RDWR | O_CREAT | O_TRUNC, 0600);
      for (ByteBuffer part : parts) {
        part.rewind();
      }
      assertEquals(size, Fs.write(fd, parts, offset));
      Fs.close(fd);
      for (ByteBuffer part : parts) {
        assertFalse(part.hasRemaining());
      }
      fd = Fs.open(at("test_file"), O_RDONLY, 0);
      ByteBuffer in = direct ? ByteBuffer.allocateDirect(size + 9) : ByteBuffer.allocate(size + 9);
      assertEquals(size, Fs.read(fd, in, offset));
      assertEquals(out, in.flip());
      Fs.close(fd);
    }
  }

  @Test
  void onlyWhatIsBetweenPositionAndLimitIsMoved() {
    ByteBuffer out = bytes("..abc..").position(2).limit(5);
    int fd = Fs.open(at("test_file"), O_RDWR | O_CREAT, 0600);
    FsRequest write = done(callback -> Fs.write(loop, fd, out, -1, callback));
    assertEquals(3, write.orThrow());
    assertEquals(3, write.bytes());
    assertEquals(5, out.position());

    ByteBuffer in = bytes("________").position(1).limit(3);
    FsRequest read = done(callback -> Fs.read(loop, fd, in, 0, callback));
    assertEquals(2, read.orThrow());
    assertEquals(2, read.bytes());
    assertEquals("_ab_____", UTF_8.decode(in.clear()).toString());
    Fs.close(fd);
  }

  @Test
  void positionsMoveOnTheLoopsThreadAndNotBefore() {
    int fd = Fs.open(file("test_file", TEST_BUF), O_RDONLY, 0);
    ByteBuffer[] buffers = allocate(4, 4);
    ByteBuffer[] given = buffers.clone();
    FsRequest request = Fs.read(loop, fd, given, 0, callback -> {});
    // As in C, the array is the caller's again at once; what it points to is not.
    given[0] = ByteBuffer.allocate(4);
    while (request.isActive()) {
      assertEquals(0, buffers[0].position());
      assertEquals(0, request.result());
      loop.run(RunMode.ONCE);
    }
    assertEquals(4, buffers[0].position());
    assertEquals(4, buffers[1].position());
    assertEquals(0, given[0].position());
    Fs.close(fd);
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void aDeviceIsReadAndWrittenAsAStream() {
    int zero = Fs.open("/dev/zero", O_RDONLY, 0);
    ByteBuffer[] buffers = {bytes("abc"), bytes(""), bytes("defg")};
    assertEquals(7, Fs.read(zero, buffers, -1));
    assertEquals("\0\0\0", text(buffers[0]));
    assertEquals("\0\0\0\0", text(buffers[2]));
    assertEquals(0, Fs.read(zero, ByteBuffer.allocate(0), -1));
    Fs.close(zero);

    int none = Fs.open("/dev/null", O_RDWR, 0);
    assertEquals(0, Fs.read(none, ByteBuffer.allocate(8), -1));
    assertEquals(1 << 20, Fs.write(none, ByteBuffer.allocate(1 << 20), -1));
    Fs.close(none);
  }

  @EnabledOnOs(OS.LINUX)
  @Test
  void aFullDevice() {
    int fd = Fs.open("/dev/full", O_WRONLY, 0);
    for (long offset : new long[] {-1, 0}) {
      ByteBuffer buffer = bytes(TEST_BUF);
      assertFails(
          UvError.ENOSPC,
          () -> Fs.write(fd, buffer, offset),
          callback -> Fs.write(loop, fd, buffer, offset, callback));
      assertEquals(0, buffer.position());
    }
    Fs.close(fd);
  }

  @Test
  void anInterruptDoesNotHurtTheFile() {
    int fd = Fs.open(file("test_file", TEST_BUF), O_RDWR, 0);
    Thread.currentThread().interrupt();
    assertEquals(TEST_BUF, read(fd, 32));
    write(fd, TEST_BUF2);
    Fs.fsync(fd);
    Fs.close(Fs.open(at("test_file"), O_RDWR, 0));
    assertTrue(Thread.interrupted());
    assertEquals("", read(fd, 32));
    Fs.close(fd);
    assertEquals(TEST_BUF + TEST_BUF2, content(at("test_file")));
  }

  /**
   * Nothing; but on {@code java.nio}, a file with two channels loses both, also when the call tells
   * what it had read by then.
   */
  @Test
  void whatAnInterruptInTheMiddleOfAReadEnds() throws InterruptedException {
    int pieces = 1024;
    byte[] piece = new byte[256 * 1024];
    long all = (long) pieces * piece.length;
    String path = file("sparse", "");
    int sizing = Fs.open(path, O_RDWR, 0);
    Fs.ftruncate(sizing, all);
    Fs.close(sizing);
    VarHandle bytes = MethodHandles.arrayElementVarHandle(byte[].class);
    AtomicLong read = new AtomicLong();
    do {
      int fd = Fs.open(path, O_RDWR | O_APPEND, 0);
      Arrays.fill(piece, (byte) 1);
      ByteBuffer[] buffers = new ByteBuffer[pieces];
      Arrays.setAll(buffers, i -> ByteBuffer.wrap(piece));
      Thread reader = new Thread(() -> read.set(Fs.read(fd, buffers, 0)));
      reader.start();
      while ((byte) bytes.getOpaque(piece, 0) != 0) {
        Thread.onSpinWait();
      }
      reader.interrupt();
      reader.join();
      if (!TestedBackend.NIO) {
        assertEquals(all, read.get());
        assertEquals("\0", readAt(fd, 1, 0));
      } else if (read.get() < all) {
        assertFails(UvError.EBADF, () -> Fs.read(fd, ByteBuffer.allocate(1), 0));
        assertFails(UvError.EBADF, () -> Fs.write(fd, bytes("x"), -1));
      }
      Fs.close(fd);
    } while (TestedBackend.NIO && read.get() == all);
    assertEquals(all, Fs.stat(path).size());
  }

  /** Positions do not run apart, as they would in a stream, which is read beside being written. */
  @EnabledOnOs(value = OS.LINUX, disabledReason = "loop devices are Linux's")
  @Test
  void aDiskHasOnePosition() throws IOException, InterruptedException {
    String backing = file("disk", "0123456789".repeat(4096));
    Process attach = new ProcessBuilder("losetup", "-f", "--show", backing).start();
    String disk = new String(attach.getInputStream().readAllBytes(), UTF_8).strip();
    assumeTrue(attach.waitFor() == 0, "there are no loop devices, or not for this user");
    try {
      int fd = Fs.open(disk, O_RDWR, 0);
      write(fd, "abcdefgh");
      assertEquals("8901", read(fd, 4));
      write(fd, "x");
      assertEquals("abcdefgh8901x3", readAt(fd, 14, 0));
      assertFails(UvError.EINVAL, () -> Fs.ftruncate(fd, 512));
      assertFails(UvError.EINVAL, () -> Fs.ftruncate(fd, 40960));
      Fs.close(fd);
    } finally {
      assertEquals(0, new ProcessBuilder("losetup", "-d", disk).start().waitFor());
    }
  }

  private static String readAt(int fd, int size, long offset) {
    ByteBuffer buffer = ByteBuffer.allocate(size);
    assertEquals(size, Fs.read(fd, buffer, offset));
    return text(buffer);
  }
}
