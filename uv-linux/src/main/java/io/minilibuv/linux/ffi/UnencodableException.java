// SPDX-License-Identifier: MIT
package io.minilibuv.linux.ffi;

import io.minilibuv.core.UvError;

/** A text that no bytes stand for. It costs no stack trace. */
public final class UnencodableException extends Exception {
  private static final long serialVersionUID = 1L;

  private final UvError error;

  UnencodableException(UvError error) {
    super(error.name(), null, false, false);
    this.error = error;
  }

  /** What a call with such a path results in. */
  public int code() {
    return error.code();
  }
}
