// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.core.UvError;
import java.util.function.LongSupplier;

/** The errors that calls are told apart by, as results. */
final class Errors {
  static final long EACCES = UvError.EACCES.code();
  static final long EAGAIN = UvError.EAGAIN.code();
  static final long EBADF = UvError.EBADF.code();
  static final long EEXIST = UvError.EEXIST.code();
  static final long EFAULT = UvError.EFAULT.code();
  static final long EINTR = UvError.EINTR.code();
  static final long EINVAL = UvError.EINVAL.code();
  static final long EIO = UvError.EIO.code();
  static final long EISDIR = UvError.EISDIR.code();
  static final long ENOENT = UvError.ENOENT.code();
  static final long ENOMEM = UvError.ENOMEM.code();
  static final long ENOSYS = UvError.ENOSYS.code();
  static final long ENOTSOCK = UvError.ENOTSOCK.code();
  static final long ENOTSUP = UvError.ENOTSUP.code();
  static final long EPERM = UvError.EPERM.code();
  static final long ESPIPE = UvError.ESPIPE.code();
  static final long EXDEV = UvError.EXDEV.code();

  /** libuv has no name for it. */
  static final long EINPROGRESS = -115;

  private Errors() {}

  /** Makes a call again for as long as a signal interrupts it ({@code uv__fs_work}). */
  static long retried(LongSupplier call) {
    long result;
    do {
      result = call.getAsLong();
    } while (result == EINTR);
    return result;
  }
}
