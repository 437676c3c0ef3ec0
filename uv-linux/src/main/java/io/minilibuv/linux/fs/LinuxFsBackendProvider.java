// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsBackendProvider;
import io.minilibuv.linux.ffi.Linux;
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
    if (abi == null || !ByteOrder.nativeOrder().equals(ByteOrder.LITTLE_ENDIAN)) {
      throw new UnsupportedOperationException("the calls of Linux on " + arch + " are not known");
    }
    List<String> missing = LibcCalls.missing();
    if (!missing.isEmpty()) {
      throw new UnsupportedOperationException("the C library lacks " + missing);
    }
    return tried(new LinuxFsBackend(new LibcCalls(abi), abi));
  }

  /**
   * A filter of the process may refuse calls that are there. What every program makes is tried, in
   * a way that takes no descriptor and no permission: when there are too many, or some path is
   * closed to this user, it works all the same.
   */
  static FsBackend tried(FsBackend backend) {
    expect("stat", 0, backend.stat("/", new FsAnswer()));
    expect("open", Errors.ENOENT, backend.open("", 0, 0));
    expect("close", Errors.EBADF, backend.close(-1));
    return backend;
  }

  private static void expect(String call, long expected, long result) {
    if (result != expected) {
      String answer = result < 0 ? UvError.errName((int) result) : String.valueOf(result);
      throw new UnsupportedOperationException(
          "the system answers " + answer + " to a first " + call);
    }
  }
}
