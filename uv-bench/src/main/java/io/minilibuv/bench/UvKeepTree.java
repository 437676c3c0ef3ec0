// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import io.minilibuv.core.Loop;
import io.minilibuv.fs.futures.FsTask;
import io.minilibuv.fs.tree.FsTrees;
import io.minilibuv.fs.tree.TreeOptions;
import io.minilibuv.fs.tree.TreeResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.ExecutionException;

/** A tree copied by {@link FsTrees#copyTree}, as {@code uv cp} does it. */
final class UvKeepTree implements Workload {
  private final String from;
  private final String to;
  private final TreeOptions options;
  private final Census expected;
  private final Loop loop = Loop.open();

  UvKeepTree(String from, String to, int flight) throws IOException {
    this.from = from;
    this.to = to;
    options = new TreeOptions().concurrency(flight);
    expected = Census.of(Path.of(from));
  }

  @Override
  public void prepare() throws ExecutionException, InterruptedException {
    ended(FsTrees.removeTree(loop, to, new TreeOptions().allowMissing(true)));
  }

  @Override
  public long round() throws ExecutionException, InterruptedException {
    return ended(FsTrees.copyTree(loop, from, to, options));
  }

  private long ended(FsTask<TreeResult> task) throws ExecutionException, InterruptedException {
    loop.run();
    TreeResult result = task.get();
    if (result.hasFailures()) {
      throw new IllegalStateException(result.toString());
    }
    return result.files() + result.directories() + result.links();
  }

  @Override
  public void check(long work) throws IOException {
    expected.check(Path.of(to), work);
  }

  @Override
  public void close() throws ExecutionException, InterruptedException {
    prepare();
    loop.close();
  }
}
