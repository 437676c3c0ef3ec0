// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Thrown by a call of which the C function returns a negative code.
 *
 * <p>It has no counterpart in C. Its message has the form {@code ENOENT: no such file or directory,
 * open 'missing.txt'}, or {@code rename 'old' -> 'new'} if the call was about two; control
 * characters are escaped, so that it stays one line. It is unchecked, since most calls can only
 * fail if they are used wrongly; what is expected to fail at run time tells a callback by a code
 * instead.
 */
public sealed class UvException extends RuntimeException permits LoopBusyException {
  private static final long serialVersionUID = 1L;

  private final UvError error;
  private final int code;
  private final String call;
  private final @Nullable String path;
  private final @Nullable String newPath;

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
    this(code, call, path, null, cause);
  }

  /** Makes an exception for a code, known or not, of a call that was about two files. */
  public UvException(
      int code,
      String call,
      @Nullable String path,
      @Nullable String newPath,
      @Nullable Throwable cause) {
    this(messageOf(code, call, path, newPath), code, call, path, newPath, cause);
  }

  /** Makes an exception whose message says more than the code and the call do. */
  UvException(
      String message,
      int code,
      String call,
      @Nullable String path,
      @Nullable String newPath,
      @Nullable Throwable cause) {
    super(message, cause);
    UvError known = UvError.ofCode(code);
    this.error = known != null ? known : UvError.UNKNOWN;
    this.code = code;
    this.call = call;
    this.path = path;
    this.newPath = newPath;
  }

  private static String messageOf(
      int code, String call, @Nullable String path, @Nullable String newPath) {
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
      appendPath(message.append(" '"), path).append('\'');
    }
    if (newPath != null) {
      appendPath(message.append(" -> '"), newPath).append('\'');
    }
    return message.toString();
  }

  /** Anybody may have chosen the name, and it must not forge a line of a log. */
  private static StringBuilder appendPath(StringBuilder message, String path) {
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      switch (c) {
        case '\n' -> message.append("\\n");
        case '\r' -> message.append("\\r");
        case '\t' -> message.append("\\t");
        default -> {
          if (Character.isISOControl(c)) {
            message.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            message.append(c);
          }
        }
      }
    }
    return message;
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

  /** The second file, of a call that was about two, such as {@code rename}; else null. */
  public @Nullable String newPath() {
    return newPath;
  }
}
