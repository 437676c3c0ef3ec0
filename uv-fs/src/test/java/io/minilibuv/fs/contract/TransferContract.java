// SPDX-License-Identifier: MIT
package io.minilibuv.fs.contract;

import static io.minilibuv.fs.FsFlags.O_APPEND;
import static io.minilibuv.fs.FsFlags.O_CREAT;
import static io.minilibuv.fs.FsFlags.O_RDONLY;
import static io.minilibuv.fs.FsFlags.O_RDWR;
import static io.minilibuv.fs.FsFlags.O_TRUNC;
import static io.minilibuv.fs.FsFlags.O_WRONLY;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.minilibuv.core.UvError;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Reading and writing: buffers, offsets, the position, appending and truncating. */
abstract class TransferContract extends ContractFixture {
  /** How many buffers one call to the system takes. */
  private static final int IOV_MAX = 1024;

  /** All offsets that stand for the file position. */
  private static final long[] POSITIONS = {-1, -2, Integer.MIN_VALUE, Long.MIN_VALUE};

  private static final long FAR = 1L << 33;

  private static ByteBuffer[] room(int... sizes) {
    return Arrays.stream(sizes).mapToObj(ByteBuffer::allocate).toArray(ByteBuffer[]::new);
  }

  private static ByteBuffer[] duplicates(ByteBuffer[] buffers) {
    return Arrays.stream(buffers).map(ByteBuffer::duplicate).toArray(ByteBuffer[]::new);
  }

  /** What {@code buffer} holds between its position and its limit. */
  private static String text(ByteBuffer buffer) {
    return ISO_8859_1.decode(buffer.duplicate()).toString();
  }

  private static byte[] noise(int size) {
    byte[] bytes = new byte[size];
    new Random(size).nextBytes(bytes);
    return bytes;
  }

  @Test
  void buffersAreFilledOneAfterTheOther() {
    int fd = open(file("file", "abcdefgh"), O_RDONLY);
    for (long offset : new long[] {AT_POSITION, 0}) {
      ByteBuffer[] buffers = room(3, 0, 4, 9, 2);
      assertThat(fs.read(fd, duplicates(buffers), offset)).isEqualTo(8);
      assertThat(text(buffers[0])).isEqualTo("abc");
      assertThat(text(buffers[2])).isEqualTo("defg");
      assertThat(text(buffers[3])).isEqualTo("h" + "\0".repeat(8));
      assertThat(text(buffers[4])).isEqualTo("\0\0");
    }
    close(fd);
  }

  @Test
  void buffersAreWrittenOneAfterTheOther() {
    for (long offset : new long[] {AT_POSITION, 0}) {
      int fd = open(at("file"), O_WRONLY | O_CREAT | O_TRUNC);
      assertThat(fs.write(fd, buffers(bytes("abc"), bytes(""), bytes("d"), bytes("ef")), offset))
          .isEqualTo(6);
      close(fd);
      assertThat(content(at("file"))).isEqualTo("abcdef");
    }
  }

  @Test
  void aBufferThatIsThereTwiceIsWrittenOnceOrTwiceAndTheResultSaysWhich() {
    for (long offset : new long[] {AT_POSITION, 0}) {
      int fd = open(at("file"), O_WRONLY | O_CREAT | O_TRUNC);
      ByteBuffer twice = bytes("abc");
      long written = fs.write(fd, buffers(twice, twice), offset);
      close(fd);
      assertThat(content(at("file"))).hasSize((int) written).isIn("abc", "abcabc");
      assertThat(twice.hasRemaining()).isFalse();
    }
  }

  @Test
  void onlyWhatIsBetweenPositionAndLimitIsMoved() {
    for (IntFunction<ByteBuffer> kind : kinds()) {
      ByteBuffer out = kind.apply(7).put(bytes("..abc..")).position(2).limit(5);
      int fd = open(at("file"), O_RDWR | O_CREAT | O_TRUNC);
      assertThat(fs.write(fd, buffers(out.duplicate()), AT_POSITION)).isEqualTo(3);
      ByteBuffer in = kind.apply(8).put(bytes("________")).position(1).limit(3);
      assertThat(fs.read(fd, buffers(in.duplicate()), 0)).isEqualTo(2);
      assertThat(text(in.clear())).isEqualTo("_ab_____");
      assertThat(text(out.clear())).isEqualTo("..abc..");
      assertThat(size(fd)).isEqualTo(3);
      close(fd);
    }
  }

  /** Memory of the heap and outside it, whole and as parts of more. */
  private static List<IntFunction<ByteBuffer>> kinds() {
    return List.of(
        ByteBuffer::allocate,
        ByteBuffer::allocateDirect,
        size -> ByteBuffer.allocate(size + 9).slice(5, size),
        size -> ByteBuffer.allocateDirect(size + 9).slice(5, size));
  }

  @Test
  void readOnlyMemoryIsWritten() {
    int fd = open(at("file"), O_WRONLY | O_CREAT);
    ByteBuffer direct = ByteBuffer.allocateDirect(2).put(bytes("cd")).flip();
    ByteBuffer[] all = buffers(bytes("ab").asReadOnlyBuffer(), direct.asReadOnlyBuffer());
    assertThat(fs.write(fd, all, AT_POSITION)).isEqualTo(4);
    close(fd);
    assertThat(content(at("file"))).isEqualTo("abcd");
  }

  /** A part of what was read at once is read again, from wherever. */
  @Test
  void bigBuffersGoThroughWhole() {
    int size = 3 * 1024 * 1024 + 17;
    byte[] bytes = noise(size);
    for (IntFunction<ByteBuffer> kind : kinds()) {
      ByteBuffer out = kind.apply(size).put(bytes).flip();
      for (long offset : new long[] {AT_POSITION, 0}) {
        int fd = open(at("file"), O_RDWR | O_CREAT | O_TRUNC);
        ByteBuffer[] parts = buffers(out.slice(0, 5), out.slice(5, 2_000_000), out.slice(5, 0));
        assertThat(fs.write(fd, duplicates(parts), offset)).isEqualTo(2_000_005);
        long next = offset < 0 ? offset : 2_000_005;
        ByteBuffer rest = out.slice(2_000_005, size - 2_000_005);
        assertThat(fs.write(fd, buffers(rest), next)).isEqualTo(size - 2_000_005);
        ByteBuffer in = kind.apply(size + 9);
        assertThat(fs.read(fd, buffers(in.duplicate()), 0)).isEqualTo(size);
        assertThat(in.limit(size)).isEqualTo(out);
        close(fd);
      }
    }
  }

  @Test
  void aReadTakesSoManyBuffersAndNoMore() {
    int fd = open(file("file", noise(3 * IOV_MAX)), O_RDONLY);
    int[] sizes = new int[IOV_MAX + 5];
    Arrays.fill(sizes, 2);
    for (long offset : new long[] {0, AT_POSITION}) {
      ByteBuffer[] buffers = room(sizes);
      assertThat(fs.read(fd, duplicates(buffers), offset)).isEqualTo(2 * IOV_MAX);
      assertThat(buffers[IOV_MAX]).isEqualTo(ByteBuffer.allocate(2));
    }
    // The position is where that read ended.
    assertThat(read(fd, 2 * IOV_MAX)).hasSize(IOV_MAX);
    close(fd);
  }

  @Test
  void aWriteTakesAllBuffers() {
    ByteBuffer[] all = new ByteBuffer[3 * IOV_MAX + 1];
    for (long offset : new long[] {AT_POSITION, 7}) {
      Arrays.setAll(all, i -> bytes(Integer.toString(i)));
      int fd = open(at("file"), O_RDWR | O_CREAT | O_TRUNC);
      StringBuilder expected = new StringBuilder("\0".repeat(offset < 0 ? 0 : 7));
      for (ByteBuffer one : all) {
        expected.append(text(one));
      }
      assertThat(fs.write(fd, all, offset)).isEqualTo(expected.length() - (offset < 0 ? 0 : 7));
      close(fd);
      assertThat(content(at("file"))).isEqualTo(expected.toString());
    }
  }

  @Test
  void anyNegativeOffsetIsThePosition() {
    int fd = open(at("file"), O_RDWR | O_CREAT);
    for (long offset : POSITIONS) {
      write(fd, "ab", offset);
    }
    close(fd);
    fd = open(at("file"), O_RDONLY);
    for (long offset : POSITIONS) {
      assertThat(read(fd, 2, offset)).isEqualTo("ab");
    }
    assertThat(read(fd, 2)).isEmpty();
    close(fd);
  }

  @Test
  void anOffsetLeavesThePosition() {
    int fd = open(file("file", "abcdef"), O_RDWR);
    assertThat(read(fd, 2)).isEqualTo("ab");
    assertThat(read(fd, 9, 4)).isEqualTo("ef");
    write(fd, "X", 0);
    write(fd, "Y", 6);
    assertThat(read(fd, 9)).isEqualTo("cdefY");
    write(fd, "Z");
    assertThat(read(fd, 9, 0)).isEqualTo("XbcdefYZ");
    close(fd);
  }

  @Test
  void theEndIsNothingToRead() {
    int fd = open(file("file", "abc"), O_RDONLY);
    for (long offset : new long[] {3, 4, FAR}) {
      assertThat(read(fd, 9, offset)).isEmpty();
    }
    assertThat(read(fd, 3)).isEqualTo("abc");
    assertThat(read(fd, 3)).isEmpty();
    assertThat(read(fd, 0)).isEmpty();
    int out = open(at("file"), O_WRONLY | O_APPEND);
    write(out, "d");
    assertThat(read(fd, 3)).isEqualTo("d");
    close(out);
    close(fd);
  }

  @Test
  void nothingIsWrittenOfNothing() {
    int fd = open(file("file", "abc"), O_RDWR);
    for (long offset : new long[] {AT_POSITION, 0, 9}) {
      assertThat(fs.write(fd, room(0), offset)).isZero();
      assertThat(fs.write(fd, room(0, 0, 0), offset)).isZero();
    }
    assertThat(read(fd, 9)).isEqualTo("abc");
    close(fd);
  }

  @Test
  void aGapIsFilledWithZeros() {
    int fd = open(file("file", "abc"), O_RDWR);
    write(fd, "d", 5);
    assertThat(read(fd, 9)).isEqualTo("abc\0\0d");
    write(fd, "e", FAR);
    assertThat(size(fd)).isEqualTo(FAR + 1);
    assertThat(read(fd, 9, FAR - 2)).isEqualTo("\0\0e");
    close(fd);
  }

  @Test
  void appendingIgnoresOffsetsAndMovesThePosition() {
    int fd = open(file("file", "abc"), O_RDWR | O_APPEND);
    assertThat(read(fd, 1)).isEqualTo("a");
    write(fd, "d", 0);
    assertThat(read(fd, 1)).isEqualTo("b");
    write(fd, "e");
    assertThat(read(fd, 9)).isEmpty();
    assertThat(read(fd, 9, 0)).isEqualTo("abcde");
    assertThat(fs.write(fd, room(0), AT_POSITION)).isZero();
    write(fd, "f", 100);
    assertThat(read(fd, 9)).isEqualTo("f");
    close(fd);
  }

  @Test
  void whoAppendsNeverOverwritesAnother() {
    String path = file("file", "");
    int first = open(path, O_WRONLY | O_APPEND);
    int second = open(path, O_RDWR | O_APPEND);
    int plain = open(path, O_WRONLY);
    write(first, "ab");
    write(second, "cd");
    write(first, "ef");
    write(plain, "XY");
    write(second, "gh");
    assertThat(content(path)).isEqualTo("XYcdefgh");
    done(fs.ftruncate(plain, 1));
    write(first, "i");
    write(plain, "Z");
    assertThat(content(path)).isEqualTo("XiZ");
    close(first);
    close(second);
    close(plain);
  }

  @Test
  void truncationCutsAndExtendsAndLeavesThePosition() {
    for (int flags : new int[] {O_RDWR, O_RDWR | O_APPEND}) {
      int fd = open(file("file", "abcdef"), flags);
      assertThat(read(fd, 4)).isEqualTo("abcd");
      done(fs.ftruncate(fd, 2));
      assertThat(read(fd, 4)).isEmpty();
      done(fs.ftruncate(fd, 6));
      done(fs.ftruncate(fd, 6));
      assertThat(read(fd, 4)).isEqualTo("\0\0");
      assertThat(read(fd, 9, 0)).isEqualTo("ab\0\0\0\0");
      done(fs.ftruncate(fd, FAR));
      assertThat(size(fd)).isEqualTo(FAR);
      done(fs.ftruncate(fd, 0));
      fails(UvError.EINVAL, fs.ftruncate(fd, -1));
      fails(UvError.EINVAL, fs.ftruncate(fd, Long.MIN_VALUE));
      assertThat(size(fd)).isZero();
      write(fd, "x");
      // Without O_APPEND the position is where it was, behind the end.
      assertThat(size(fd)).isEqualTo(flags == O_RDWR ? 7 : 1);
      close(fd);
    }
  }

  @Test
  void truncationThroughOneIsSeenByAnother() {
    String path = file("file", "abcdef");
    int fd = open(path, O_RDWR);
    int other = open(path, O_RDONLY);
    assertThat(read(other, 3)).isEqualTo("abc");
    close(open(path, O_WRONLY | O_TRUNC));
    assertThat(read(other, 3)).isEmpty();
    write(fd, "uvwxyz");
    assertThat(read(other, 9)).isEqualTo("xyz");
    close(fd);
    close(other);
  }

  @Test
  void aPipeIsReadAndWrittenAsItComes() {
    int fd = open(pipe("pipe"), O_RDWR);
    write(fd, "abcdef");
    assertThat(read(fd, 2)).isEqualTo("ab");
    ByteBuffer[] buffers = room(1, 0, 9);
    assertThat(fs.read(fd, duplicates(buffers), AT_POSITION)).isEqualTo(4);
    assertThat(text(buffers[2])).startsWith("def");
    fails(UvError.ESPIPE, fs.read(fd, room(1), 0));
    fails(UvError.ESPIPE, fs.write(fd, room(1), 0));
    fails(UvError.EINVAL, fs.ftruncate(fd, 0));
    assertThat(fs.read(fd, room(0), AT_POSITION)).isZero();
    close(fd);
  }

  /** An interrupt that comes before a call is no business of the file system's. */
  @Test
  void anInterruptBeforeACallIsPutOff() {
    int fd = open(file("file", "abc"), O_RDWR);
    Thread.currentThread().interrupt();
    assertThat(read(fd, 9)).isEqualTo("abc");
    write(fd, "def");
    done(fs.fsync(fd));
    assertThat(content(at("file"))).isEqualTo("abcdef");
    assertThat(scandir(dir.toString())).hasSize(1);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(read(fd, 9, 2)).isEqualTo("cdef");
    close(fd);
  }
}
