// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import io.minilibuv.core.Loop;
import io.minilibuv.examples.cli.Progress;
import io.minilibuv.fs.Fs;
import io.minilibuv.fs.FsRequest;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * How many bytes the files of a list have, counted beside the work on them and ahead of it, for a
 * bar. What cannot be looked at counts nothing; the work will tell.
 */
final class ListSize implements Progress.Amount {
  private final Loop loop;
  private final Iterator<String> left;
  private final LongSupplier done;
  private boolean ended;
  private long size;

  /**
   * Nothing is counted yet.
   *
   * @param done how many bytes the work has done until now
   */
  ListSize(Loop loop, List<String> paths, LongSupplier done) {
    this.loop = loop;
    this.left = paths.iterator();
    this.done = done;
  }

  @Override
  public void begin() {
    if (!ended && left.hasNext()) {
      Fs.stat(loop, left.next(), this::count);
    }
  }

  private void count(FsRequest stat) {
    if (stat.result() >= 0 && stat.stat().isRegularFile()) {
      size += stat.stat().size();
    }
    begin();
  }

  @Override
  public long done() {
    return done.getAsLong();
  }

  @Override
  public long expected() {
    return size;
  }

  @Override
  public boolean isExpectedFinal() {
    return !left.hasNext();
  }

  @Override
  public void end() {
    ended = true;
  }
}
