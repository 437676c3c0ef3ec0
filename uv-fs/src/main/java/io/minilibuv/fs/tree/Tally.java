// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsStat;
import java.util.ArrayList;
import java.util.List;

/** Counts what an operation does, for its result. */
final class Tally implements TreeListener {
  private final int keptErrors;
  private final List<UvException> errors = new ArrayList<>();
  private long files;
  private long directories;
  private long links;
  private long others;
  private long bytes;
  private long kept;
  private long failures;

  Tally(int keptErrors) {
    this.keptErrors = keptErrors;
  }

  @Override
  public void done(TreeEntry entry, long size) {
    FsStat stat = entry.stat();
    if (stat.isRegularFile()) {
      files++;
      bytes += size;
    } else if (stat.isDirectory()) {
      directories++;
    } else if (stat.isSymbolicLink()) {
      links++;
    } else {
      others++;
    }
  }

  @Override
  public void kept(TreeEntry entry, long size) {
    kept++;
  }

  @Override
  public void failed(UvException failure) {
    failures++;
    if (errors.size() < keptErrors) {
      errors.add(failure);
    }
  }

  TreeResult result() {
    return new TreeResult(files, directories, links, others, bytes, kept, failures, errors);
  }
}
