// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.List;

/**
 * {@link Loop#close()} found the loop in use ({@code UV_EBUSY}).
 *
 * <p>The message names the handles and requests that are in the way. If the loop was opened with
 * {@link LoopOptions#recordOrigins}, the suppressed exceptions tell where the handles were made.
 */
public final class LoopBusyException extends UvException {
  private static final long serialVersionUID = 1;
  private static final int MAX_NAMED = 20;

  LoopBusyException(List<Handle> handles, List<Request> requests) {
    super(
        "EBUSY: " + UvError.EBUSY.message() + ", uv_loop_close: " + describe(handles, requests),
        UvError.EBUSY.code(),
        "uv_loop_close",
        null,
        null,
        null);
    for (Handle handle : handles) {
      Throwable origin = handle.origin();
      if (origin != null) {
        addSuppressed(new OpenHandle(handle, origin));
      }
    }
  }

  private static String describe(List<Handle> handles, List<Request> requests) {
    StringBuilder text = new StringBuilder();
    name(text, "open handle", handles);
    name(text, "active request", requests);
    return text.append("; run the loop until they are closed and done, or shut it down").toString();
  }

  private static void name(StringBuilder text, String what, List<?> things) {
    if (things.isEmpty()) {
      return;
    }
    text.append(text.isEmpty() ? "" : "; ").append(things.size()).append(' ').append(what);
    text.append(things.size() == 1 ? "" : "s");
    for (int i = 0; i < Math.min(things.size(), MAX_NAMED); i++) {
      text.append(i == 0 ? ": " : ", ").append(things.get(i));
    }
    text.append(things.size() > MAX_NAMED ? ", ..." : "");
  }

  /** Where a handle that is still open was made. */
  private static final class OpenHandle extends Exception {
    private static final long serialVersionUID = 1;

    OpenHandle(Handle handle, Throwable origin) {
      super(handle + " was made here", null, false, true);
      setStackTrace(origin.getStackTrace());
    }
  }
}
