// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import static io.minilibuv.linux.ffi.Native.INT;
import static io.minilibuv.linux.ffi.Native.LONG;
import static io.minilibuv.linux.ffi.Native.POINTER;

import io.minilibuv.linux.ffi.Memory;
import io.minilibuv.linux.ffi.Native;
import io.minilibuv.linux.ffi.Scratch;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** {@link PathCalls} by the C library. */
abstract class LibcPathCalls implements PathCalls {
  /** All that is called here by its name. */
  static final List<String> FUNCTIONS =
      List.of(
          "open",
          "mkdir",
          "rmdir",
          "unlink",
          "rename",
          "link",
          "symlink",
          "readlink",
          "mkostemp",
          "access",
          "chmod",
          "chown",
          "lchown",
          "utimensat",
          "statfs",
          "realpath",
          "mkdtemp",
          "syscall");

  private final Abi abi;

  LibcPathCalls(Abi abi) {
    this.abi = abi;
  }

  private static final class Open {
    static final MethodHandle CALL = Native.variadic("open", 2, INT, POINTER, INT, INT);
  }

  @Override
  public int open(Scratch scratch, MemorySegment path, int flags, int mode) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Open.CALL.invokeExact(errno, path, flags, mode), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Mkdir {
    static final MethodHandle CALL = Native.function("mkdir", INT, POINTER, INT);
  }

  @Override
  public int mkdir(Scratch scratch, MemorySegment path, int mode) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Mkdir.CALL.invokeExact(errno, path, mode), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Rmdir {
    static final MethodHandle CALL = Native.function("rmdir", INT, POINTER);
  }

  @Override
  public int rmdir(Scratch scratch, MemorySegment path) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Rmdir.CALL.invokeExact(errno, path), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Unlink {
    static final MethodHandle CALL = Native.function("unlink", INT, POINTER);
  }

  @Override
  public int unlink(Scratch scratch, MemorySegment path) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Unlink.CALL.invokeExact(errno, path), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Rename {
    static final MethodHandle CALL = Native.function("rename", INT, POINTER, POINTER);
  }

  @Override
  public int rename(Scratch scratch, MemorySegment path, MemorySegment newPath) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Rename.CALL.invokeExact(errno, path, newPath), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Link {
    static final MethodHandle CALL = Native.function("link", INT, POINTER, POINTER);
  }

  @Override
  public int link(Scratch scratch, MemorySegment path, MemorySegment newPath) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Link.CALL.invokeExact(errno, path, newPath), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Symlink {
    static final MethodHandle CALL = Native.function("symlink", INT, POINTER, POINTER);
  }

  @Override
  public int symlink(Scratch scratch, MemorySegment text, MemorySegment newPath) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Symlink.CALL.invokeExact(errno, text, newPath), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Readlink {
    static final MethodHandle CALL = Native.function("readlink", LONG, POINTER, POINTER, LONG);
  }

  @Override
  public long readlink(Scratch scratch, MemorySegment path, MemorySegment into, long size) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((long) Readlink.CALL.invokeExact(errno, path, into, size), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Mkostemp {
    static final MethodHandle CALL = Native.function("mkostemp", INT, POINTER, INT);
  }

  @Override
  public int mkostemp(Scratch scratch, MemorySegment template, int flags) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Mkostemp.CALL.invokeExact(errno, template, flags), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Access {
    static final MethodHandle CALL = Native.function("access", INT, POINTER, INT);
  }

  @Override
  public int access(Scratch scratch, MemorySegment path, int mode) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Access.CALL.invokeExact(errno, path, mode), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Chmod {
    static final MethodHandle CALL = Native.function("chmod", INT, POINTER, INT);
  }

  @Override
  public int chmod(Scratch scratch, MemorySegment path, int mode) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Chmod.CALL.invokeExact(errno, path, mode), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Chown {
    static final MethodHandle CALL = Native.function("chown", INT, POINTER, INT, INT);
  }

  @Override
  public int chown(Scratch scratch, MemorySegment path, int uid, int gid) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Chown.CALL.invokeExact(errno, path, uid, gid), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Lchown {
    static final MethodHandle CALL = Native.function("lchown", INT, POINTER, INT, INT);
  }

  @Override
  public int lchown(Scratch scratch, MemorySegment path, int uid, int gid) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Lchown.CALL.invokeExact(errno, path, uid, gid), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Utimensat {
    static final MethodHandle CALL = Native.function("utimensat", INT, INT, POINTER, POINTER, INT);
  }

  @Override
  public int utimensat(
      Scratch scratch, int directory, MemorySegment path, MemorySegment times, int flags) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result(
          (int) Utimensat.CALL.invokeExact(errno, directory, path, times, flags), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Statfs {
    static final MethodHandle CALL = Native.function("statfs", INT, POINTER, POINTER);
  }

  @Override
  public int statfs(Scratch scratch, MemorySegment path, MemorySegment into) {
    try {
      MemorySegment errno = scratch.errno();
      return Native.result((int) Statfs.CALL.invokeExact(errno, path, into), errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Realpath {
    static final MethodHandle CALL = Native.function("realpath", POINTER, POINTER, POINTER);
  }

  @Override
  public long realpath(Scratch scratch, MemorySegment path) {
    try {
      MemorySegment errno = scratch.errno();
      MemorySegment text =
          (MemorySegment) Realpath.CALL.invokeExact(errno, path, MemorySegment.NULL);
      return Memory.isNull(text) ? Native.error(errno) : text.address();
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Mkdtemp {
    static final MethodHandle CALL = Native.function("mkdtemp", POINTER, POINTER);
  }

  @Override
  public int mkdtemp(Scratch scratch, MemorySegment template) {
    try {
      MemorySegment errno = scratch.errno();
      MemorySegment made = (MemorySegment) Mkdtemp.CALL.invokeExact(errno, template);
      return Memory.isNull(made) ? Native.error(errno) : 0;
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  /* Not every C library has a function for these; libuv calls them by number, too. */

  private static final class Statx {
    static final MethodHandle CALL =
        Native.variadic("syscall", 1, LONG, LONG, INT, POINTER, INT, INT, POINTER);
  }

  @Override
  public int statx(
      Scratch scratch, int directory, MemorySegment path, int flags, int mask, MemorySegment into) {
    try {
      MemorySegment errno = scratch.errno();
      long result =
          (long) Statx.CALL.invokeExact(errno, abi.statx, directory, path, flags, mask, into);
      return (int) Native.result(result, errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }

  private static final class Newfstatat {
    static final MethodHandle CALL =
        Native.variadic("syscall", 1, LONG, LONG, INT, POINTER, POINTER, INT);
  }

  @Override
  public int newfstatat(
      Scratch scratch, int directory, MemorySegment path, MemorySegment into, int flags) {
    try {
      MemorySegment errno = scratch.errno();
      long result =
          (long) Newfstatat.CALL.invokeExact(errno, abi.newfstatat, directory, path, into, flags);
      return (int) Native.result(result, errno);
    } catch (Throwable e) {
      throw Native.broken(e);
    }
  }
}
