// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

/** Carries the stack of another thread into the log. It is never thrown. */
final class BlockedThreadException extends Exception {
  private static final long serialVersionUID = 1;

  /** What {@code culprit} is doing now. */
  BlockedThreadException(Thread culprit) {
    super("thread " + culprit.getName() + " is here", null, false, true);
    setStackTrace(culprit.getStackTrace());
  }
}
