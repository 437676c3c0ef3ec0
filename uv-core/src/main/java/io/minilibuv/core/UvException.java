// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a call of which the C function returns a negative code.
 *
 * <p>It has no counterpart in C. Its message has the form {@code ENOENT: no such file or directory,
 * open 'missing.txt'}. It is unchecked, since most calls can only fail if they are used wrongly;
 * what is expected to fail at run time tells a callback by a code instead.
 */
public sealed class UvException extends RuntimeException permits LoopBusyException {
  private static final long serialVersionUID = 1L;

  private final UvError error;
  private final int code;
  private final String call;
  private final @Nullable String path;

  /**
   * Makes an exception for a code, known or not.
   *
   * @param code negative
   * @param call what failed: a function of libuv, or what follows {@code uv_fs_}
   * @param path the file that it was about, if it was about one
   * @throws IllegalArgumentException if {@code code} is not negative, and so is no error
   */
  public UvException(int code, String call, @Nullable String path) {
    this(code, call, path, null);
  }

  /** Makes an exception for a code, known or not, that came of {@code cause}. */
  public UvException(int code, String call, @Nullable String path, @Nullable Throwable cause) {
    this(messageOf(code, call, path), code, call, path, cause);
  }

  /** Makes an exception whose message says more than the code and the call do. */
  UvException(
      String message, int code, String call, @Nullable String path, @Nullable Throwable cause) {
    super(message, cause);
    UvError known = UvError.ofCode(code);
    this.error = known != null ? known : UvError.UNKNOWN;
    this.code = code;
    this.call = call;
    this.path = path;
  }

  private static String messageOf(int code, String call, @Nullable String path) {
    Objects.requireNonNull(call, "call");
    if (code >= 0) {
      throw new IllegalArgumentException("not an error: " + code + ", " + call);
    }
    StringBuilder message = new StringBuilder(UvError.errName(code));
    if (UvError.ofCode(code) != null) {
      message.append(": ").append(UvError.strerror(code));
    }
    message.append(", ").append(call);
    if (path != null) {
      message.append(" '").append(path).append('\'');
    }
    return message.toString();
  }

  /** The error, or {@link UvError#UNKNOWN} if the code has none. */
  public UvError error() {
    return error;
  }

  /** The code that the call answered, always negative. */
  public int code() {
    return code;
  }

  /** The call that failed, such as {@code uv_poll_init} or {@code open}. */
  public String call() {
    return call;
  }

  /** The file that the call was about, or null if it was about none. */
  public @Nullable String path() {
    return path;
  }
}
