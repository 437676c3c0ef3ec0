// SPDX-License-Identifier: MIT
package io.minilibuv.examples.hash;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Hashes files, several at once. When the loop is not alive any more, all are done. */
final class HashQueue {
  /** Is told how it gets on, on the loop's thread. */
  interface Listener {
    /** So many bytes more were read. */
    void read(long bytes);

    /** A file has a result, in any order; {@code index} is its place in the list. */
    void done(int index, FileHash hash);
  }

  private final Loop loop;
  private final List<String> paths;
  private final int jobs;
  private final Listener listener;
  private final Set<FileHash> underWay = new HashSet<>();
  private int begun;
  private boolean stopped;

  /**
   * @param jobs how many at once
   */
  HashQueue(Loop loop, List<String> paths, int jobs, Listener listener) {
    this.loop = loop;
    this.paths = paths;
    this.jobs = jobs;
    this.listener = listener;
  }

  /**
   * Begins; if there is not the memory for so many files at once, with fewer.
   *
   * @throws UvException if there is not the memory for one
   */
  void start() {
    int lanes = Math.min(jobs, paths.size());
    List<HashTools> tools = new ArrayList<>();
    try {
      while (tools.size() < lanes) {
        tools.add(HashTools.make(HashTools.chunkFor(lanes)));
      }
    } catch (OutOfMemoryError e) {
      if (tools.isEmpty()) {
        throw UvError.ENOMEM.exception("hash", paths.get(0));
      }
      // Half of what there is, since others need memory, too.
      tools.subList((tools.size() + 1) / 2, tools.size()).clear();
    }
    tools.forEach(this::next);
  }

  /** Begins the next file with tools that are free. */
  private void next(HashTools tools) {
    if (stopped || begun == paths.size()) {
      return;
    }
    int index = begun++;
    FileHash hash =
        new FileHash(
            loop, paths.get(index), tools, listener::read, done -> ended(index, done, tools));
    underWay.add(hash);
    hash.start();
  }

  private void ended(int index, FileHash hash, HashTools tools) {
    underWay.remove(hash);
    listener.done(index, hash);
    next(tools);
  }

  /** Begins no more files, and cancels those that are under way. */
  void stop() {
    stopped = true;
    underWay.forEach(FileHash::cancel);
  }
}
