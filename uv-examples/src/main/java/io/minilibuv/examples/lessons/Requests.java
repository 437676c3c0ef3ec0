// SPDX-License-Identifier: MIT
package io.minilibuv.examples.lessons;

import io.minilibuv.core.Request;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;

/** What the lessons do with requests of any type. */
final class Requests {
  private Requests() {}

  /**
   * Takes {@code request} back if it has not begun.
   *
   * @return false if it has: {@code uv_cancel} has answered EBUSY
   */
  static boolean tryCancel(Request request) {
    try {
      request.cancel();
      return true;
    } catch (UvException e) {
      if (e.error() == UvError.EBUSY) {
        return false;
      }
      throw e;
    }
  }
}
