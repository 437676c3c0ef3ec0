// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.DirentType;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.linux.ffi.CString;
import io.minilibuv.linux.ffi.Memory;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Opens directories, and lists them whole. */
final class Directories {
  private static final int O_NONBLOCK = 04000;
  private static final int O_DIRECTORY = 0200000;
  private static final int O_CLOEXEC = 02000000;

  private final FileCalls calls;

  /** What the C library's {@code opendir} opens with. */
  private final int flags;

  /** An entry by the bytes of its name, which it is sorted by. */
  private static final class Found {
    final byte[] name;
    final DirentType type;

    Found(DirectoryEntries at) {
      this.name = at.name();
      this.type = at.type();
    }
  }

  Directories(FileCalls calls, Abi abi) {
    this.calls = calls;
    this.flags = abi.openFlags(O_NONBLOCK | O_DIRECTORY | O_CLOEXEC);
  }

  private long open(Scratch scratch, MemorySegment path) {
    return Errors.retried(() -> calls.open(scratch, path, flags, 0));
  }

  /** Opens one, to be read bit by bit ({@code uv__fs_opendir}, src/unix/fs.c). */
  long opendir(Scratch scratch, MemorySegment path, FsAnswer answer) {
    int fd = (int) open(scratch, path);
    if (fd < 0) {
      return fd;
    }
    MemorySegment chunk = Memory.allocate(DirectoryEntries.CHUNK);
    if (Memory.isNull(chunk)) {
      calls.close(scratch, fd);
      return Errors.ENOMEM;
    }
    answer.dir(new LinuxDirectory(calls, fd, chunk));
    return 0;
  }

  /** All entries, sorted by their bytes ({@code uv__fs_scandir}, src/unix/fs.c). */
  long scandir(Scratch scratch, MemorySegment path, FsAnswer answer) {
    int fd = (int) open(scratch, path);
    if (fd < 0) {
      return fd;
    }
    List<Found> found = new ArrayList<>();
    long result;
    try {
      DirectoryEntries entries =
          new DirectoryEntries(calls, fd, scratch.bytes(DirectoryEntries.CHUNK));
      while ((result = entries.advance(scratch)) > 0) {
        found.add(new Found(entries));
      }
    } finally {
      calls.close(scratch, fd);
    }
    if (result < 0) {
      return result;
    }
    found.sort((a, b) -> Arrays.compareUnsigned(a.name, b.name));
    answer.entries(
        List.of(
            found.stream()
                .map(one -> new Dirent(CString.decode(one.name), one.type))
                .toArray(Dirent[]::new)));
    return found.size();
  }
}
