// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.Loop;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import org.jspecify.annotations.Nullable;

/**
 * What is done to one entry, by one request after the other.
 *
 * <p>A job is a chain of callbacks: each looks at the answer of one request and asks the next. They
 * are written in the order in which they are called. Whatever happens, the chain ends in {@link
 * #end()}, once; of several failures the first is told.
 */
abstract class Job {
  final Traversal tree;
  final TreeEntry entry;
  private final @Nullable DirectoryJob parent;
  private @Nullable UvException failure;

  /**
   * Makes a job that has not begun.
   *
   * @param parent what the entry was found in; null for the root
   */
  Job(Traversal tree, @Nullable DirectoryJob parent, TreeEntry entry) {
    this.tree = tree;
    this.parent = parent;
    this.entry = entry;
  }

  /** Asks the first request. */
  abstract void start();

  final Loop loop() {
    return tree.loop();
  }

  final String path() {
    return entry.path();
  }

  /** What {@code lstat} has told of the entry. */
  final FsStat seen() {
    return entry.stat();
  }

  /** Whether {@code request}, which was about {@code path}, has failed; if so, this job has. */
  final boolean failed(FsRequest request, String path) {
    if (request.result() >= 0) {
      return false;
    }
    fail(failureOf(request, path));
    return true;
  }

  static UvException failureOf(FsRequest request, String path) {
    return new UvException((int) request.result(), request.fsType().callName(), path);
  }

  /** Makes this job one that has failed. */
  final void fail(UvException reason) {
    if (failure == null) {
      failure = reason;
    }
  }

  /** Makes this job one that has failed, by no request's answer. */
  final void fail(UvError error, String call, String path) {
    fail(error.exception(call, path));
  }

  /** Whether there is no point in going on: it has failed, or everything is to end. */
  final boolean isStopped() {
    return failure != null || tree.isStopped();
  }

  /** Whether not all went well, here or below. */
  boolean isLost() {
    return failure != null;
  }

  /** The last step. */
  final void end() {
    tree.ended(parent, failure, isLost());
  }
}
