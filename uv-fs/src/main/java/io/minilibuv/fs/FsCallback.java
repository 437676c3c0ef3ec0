// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

/** Told that a file system request is done ({@code uv_fs_cb}, include/uv.h). */
@FunctionalInterface
public interface FsCallback {
  /** Called once on the loop's thread. The request is no longer active, and has its result. */
  void onFs(FsRequest request);
}
