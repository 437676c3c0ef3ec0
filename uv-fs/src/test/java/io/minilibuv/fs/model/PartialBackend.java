// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;

/** Everything that the model does not know: names that nobody can foretell, and the disk. */
abstract class PartialBackend implements FsBackend {
  private static UnsupportedOperationException unknown() {
    return new UnsupportedOperationException("the model does not know this");
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public long mkdtemp(String template, FsAnswer answer) {
    throw unknown();
  }

  @Override
  public long mkstemp(String template, FsAnswer answer) {
    throw unknown();
  }

  @Override
  public long statfs(String path, FsAnswer answer) {
    throw unknown();
  }
}
