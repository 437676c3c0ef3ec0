// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

/** Told that a file is not what it was ({@code uv_fs_poll_cb}, include/uv.h). */
@FunctionalInterface
public interface FsPollCallback {
  /**
   * Called on the loop's thread. It may stop the handle, start it anew and close it.
   *
   * @param status 0; or the negative code that asking for the file has failed with
   * @param prev what was known of the file when asking for it last succeeded; {@link FsStat#ZERO}
   *     if it never did
   * @param curr what is known now; {@link FsStat#ZERO} with an error
   */
  void onFsPoll(FsPollHandle handle, int status, FsStat prev, FsStat curr);
}
