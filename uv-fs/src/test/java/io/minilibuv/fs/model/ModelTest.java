// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import io.minilibuv.fs.FsBackend;

/** The model and {@code java.nio}. */
class ModelTest extends ModelContract {

  @Override
  protected FsBackend backend() {
    return FsBackend.nio();
  }
}
