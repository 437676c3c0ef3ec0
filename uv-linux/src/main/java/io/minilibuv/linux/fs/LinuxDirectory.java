// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.fs.Dirent;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsDir;
import io.minilibuv.linux.ffi.CString;
import io.minilibuv.linux.ffi.Memory;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * An open directory ({@code uv_dir_t}): a descriptor, and memory for what was read and not told
 * yet. Both are given back by {@code closedir} alone, as in C.
 */
final class LinuxDirectory implements FsDir {
  /** Held while it is read or closed. Whoever holds a scratch does not wait for this. */
  private final ReentrantLock lock = new ReentrantLock();

  private final FileCalls calls;
  private final int fd;
  private final MemorySegment chunk;
  private final DirectoryEntries entries;
  private boolean closed;

  LinuxDirectory(FileCalls calls, int fd, MemorySegment chunk) {
    this.calls = calls;
    this.fd = fd;
    this.chunk = chunk;
    this.entries = new DirectoryEntries(calls, fd, chunk);
  }

  /**
   * Reads the next entries, {@code count} at most ({@code uv__fs_readdir}, src/unix/fs.c). If one
   * fails, those before it are lost.
   */
  long read(int count, FsAnswer answer) {
    List<Dirent> found = new ArrayList<>();
    lock.lock();
    try (Scratch scratch = Scratch.take()) {
      if (closed) {
        return Errors.EBADF;
      }
      while (found.size() < count) {
        long more = entries.advance(scratch);
        if (more < 0) {
          return more;
        }
        if (more == 0) {
          break;
        }
        found.add(new Dirent(CString.decode(entries.name()), entries.type()));
      }
    } finally {
      lock.unlock();
    }
    answer.entries(found);
    return found.size();
  }

  /**
   * Closes it ({@code uv__fs_closedir}, src/unix/fs.c). Idempotent; what closing the descriptor
   * results in is nobody's business, as in C.
   */
  long close() {
    lock.lock();
    try (Scratch scratch = Scratch.take()) {
      if (!closed) {
        closed = true;
        calls.close(scratch, fd);
        Memory.free(chunk);
      }
    } finally {
      lock.unlock();
    }
    return 0;
  }
}
