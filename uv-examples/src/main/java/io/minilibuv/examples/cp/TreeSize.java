// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cp;

import io.minilibuv.core.Loop;
import io.minilibuv.examples.cli.Progress;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeEntry;
import io.minilibuv.fs.tree.TreeOptions;
import io.minilibuv.fs.tree.TreeResult;
import io.minilibuv.fs.tree.TreeVisitor.Next;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How many bytes the files of trees have, counted beside the work on them and ahead of it, for a
 * bar.
 *
 * <p>What cannot be looked at counts nothing; the work will tell.
 */
final class TreeSize implements Progress.Amount {
  /** Few, so that the work gets most of the pool. */
  private static final int ENTRIES_COUNTED_AT_ONCE = 2;

  private final Loop loop;
  private final Iterator<String> roots;
  private final LongSupplier done;
  private @Nullable FsTask<TreeResult> counting;
  private boolean counted;
  private boolean ended;
  private long size;

  /**
   * Nothing is counted yet.
   *
   * @param done how many bytes the work has done until now
   */
  TreeSize(Loop loop, List<String> roots, LongSupplier done) {
    this.loop = loop;
    this.roots = roots.iterator();
    this.done = done;
  }

  /** Begins with the next tree. */
  @Override
  public void begin() {
    if (ended || !roots.hasNext()) {
      counted = true;
      return;
    }
    TreeOptions options = new TreeOptions().concurrency(ENTRIES_COUNTED_AT_ONCE).keptErrors(0);
    FsTask<TreeResult> walk = FsTrees.walkTree(loop, roots.next(), options, this::count);
    counting = walk;
    var unused = walk.whenComplete((result, failure) -> begin());
  }

  private Next count(TreeEntry entry) {
    if (entry.stat().isRegularFile()) {
      size += entry.stat().size();
    }
    return Next.CONTINUE;
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
    return counted;
  }

  @Override
  public void end() {
    ended = true;
    if (counting != null) {
      counting.cancel(false);
    }
  }
}
