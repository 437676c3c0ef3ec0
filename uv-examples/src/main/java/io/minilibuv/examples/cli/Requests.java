// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.Request;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;

/** What commands do with requests of any type. */
public final class Requests {
  private Requests() {}

  /**
   * Takes {@code request} back if it has not begun.
   *
   * @return false if it has: {@code uv_cancel} has answered EBUSY
   */
  public static boolean tryCancel(Request request) {
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
