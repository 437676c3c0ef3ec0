// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.UvError;
import java.io.IOException;

/**
 * Ends a body with an error that is known already. It costs no stack trace, and leaves the backend
 * only as a code.
 */
final class ErrnoException extends IOException {
  private static final long serialVersionUID = 1L;

  final UvError error;

  ErrnoException(UvError error) {
    super(error.name());
    this.error = error;
  }

  @Override
  public Throwable fillInStackTrace() {
    return this;
  }
}
