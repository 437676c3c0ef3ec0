// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;

/** A contender has failed, or has said what is not understood. */
final class PlayerException extends IOException {
  private static final long serialVersionUID = 1;

  /** Tells why, in one line: it stands in a list. */
  PlayerException(String message) {
    super(message.replaceAll("\\s*\\R\\s*", "; "));
  }
}
