// SPDX-License-Identifier: MIT

/**
 * Async handles: any thread makes a loop call back, over one IO watcher a loop.
 *
 * <p>{@code io.minilibuv.async} is the API. {@code io.minilibuv.async.internal} is what the thread
 * pool and the watching of files are built on; it promises nothing to anybody else.
 */
// Who comes later in the build is not found as a module that a package is exported to.
@SuppressWarnings("module")
module io.minilibuv.async {
  requires transitive io.minilibuv.core;
  requires static org.jspecify;

  exports io.minilibuv.async;
  exports io.minilibuv.async.internal to
      io.minilibuv.fs,
      io.minilibuv.threadpool;
}
