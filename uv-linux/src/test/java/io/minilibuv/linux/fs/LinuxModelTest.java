// SPDX-License-Identifier: MIT
package io.minilibuv.linux.fs;

import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.model.ModelContract;
import java.util.Objects;

/** The model and the system itself. */
class LinuxModelTest extends ModelContract {

  @Override
  protected FsBackend backend() {
    return new NumberedFsBackend(Objects.requireNonNull(new LinuxFsBackendProvider().open()));
  }
}
