// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsBackendProvider;
import io.minilibuv.linux.ffi.Linux;
import io.minilibuv.linux.ffi.Native;
import java.nio.ByteOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out whether this is a Linux that the file system's calls are known of. */
public final class LinuxFsBackendProvider implements FsBackendProvider {

  /** For {@link java.util.ServiceLoader}. */
  public LinuxFsBackendProvider() {}

  @Override
  public String name() {
    return LinuxFsBackend.NAME;
  }

  @Override
  public @Nullable FsBackend open() {
    if (!Linux.isHere()) {
      return null;
    }
    String arch = System.getProperty("os.arch", "");
    Abi abi = Abi.of(arch);
    if (abi == null
        || Native.POINTER.byteSize() != Long.BYTES
        || !ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN)) {
      throw new UnsupportedOperationException("the calls of Linux on " + arch + " are not known");
    }
    List<String> missing = LibcCalls.missing();
    if (!missing.isEmpty()) {
      throw new UnsupportedOperationException("the C library lacks " + missing);
    }
    return tried(new LinuxFsBackend(new LibcCalls(abi), abi));
  }

  /**
   * A filter of the process may refuse calls that are there. What every program makes goes first.
   */
  static FsBackend tried(FsBackend backend) {
    long fd = backend.open("/", 0, 0);
    long told = fd < 0 ? fd : backend.fstat((int) fd, new FsAnswer());
    long closed = fd < 0 ? fd : backend.close((int) fd);
    long result = told < 0 ? told : closed;
    if (result < 0) {
      throw new UnsupportedOperationException(
          "the system answers " + UvError.errName((int) result) + " to a first look at /");
    }
    return backend;
  }
}
