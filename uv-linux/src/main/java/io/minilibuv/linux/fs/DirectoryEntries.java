// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.minilibuv.fs.DirentType;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;

/**
 * The entries of an open directory, one after the other ({@code readdir}), without {@code .} and
 * {@code ..}.
 *
 * <p>They come from {@code getdents64} itself, which is what the C library's {@code readdir} calls:
 * whether that has come to an end or has failed is told by an {@code errno} that was 0 before, and
 * nobody can promise that from Java.
 */
final class DirectoryEntries {
  /** As much as the C library asks for at once. */
  static final int CHUNK = 32 * 1024;

  /* struct linux_dirent64 */
  private static final int SIZE = 16;
  private static final int TYPE = 18;
  private static final int NAME = 19;

  private final FileCalls calls;
  private final int fd;
  private final MemorySegment chunk;
  private long next;
  private long end;
  private byte[] name = {};
  private DirentType type = DirentType.UNKNOWN;

  /**
   * @param chunk {@link #CHUNK} bytes, which are this one's for as long as it is used
   */
  DirectoryEntries(FileCalls calls, int fd, MemorySegment chunk) {
    this.calls = calls;
    this.fd = fd;
    this.chunk = chunk;
  }

  /** Goes to the next entry. Results in 1, in 0 if there is none, or in an error. */
  long advance(Scratch scratch) {
    do {
      if (next == end) {
        long read = Errors.retried(() -> calls.getdents64(scratch, fd, chunk, CHUNK));
        if (read <= 0) {
          // A directory that has been removed has nothing in it, says POSIX.
          return read == Errors.ENOENT ? 0 : read;
        }
        next = 0;
        end = read;
      }
      take();
    } while (isDots());
    return 1;
  }

  private void take() {
    int size = Short.toUnsignedInt(chunk.get(JAVA_SHORT, next + SIZE));
    int length = 0;
    while (chunk.get(JAVA_BYTE, next + NAME + length) != 0) {
      length++;
    }
    name = new byte[length];
    MemorySegment.copy(chunk, JAVA_BYTE, next + NAME, name, 0, length);
    type = typeOf(chunk.get(JAVA_BYTE, next + TYPE));
    next += size;
  }

  private boolean isDots() {
    return name.length > 0 && name.length <= 2 && name[0] == '.' && name[name.length - 1] == '.';
  }

  /** The name of the entry, in its bytes. */
  byte[] name() {
    return name;
  }

  /** What the directory says that the entry is. */
  DirentType type() {
    return type;
  }

  /** {@code DT_REG} and the others ({@code uv__fs_get_dirent_type}). */
  private static DirentType typeOf(byte told) {
    return switch (told) {
      case 1 -> DirentType.FIFO;
      case 2 -> DirentType.CHAR;
      case 4 -> DirentType.DIR;
      case 6 -> DirentType.BLOCK;
      case 8 -> DirentType.FILE;
      case 10 -> DirentType.LINK;
      case 12 -> DirentType.SOCKET;
      default -> DirentType.UNKNOWN;
    };
  }
}
