// SPDX-License-Identifier: MIT

/**
 * Async handles: any thread makes a loop call back, over one IO watcher a loop.
 *
 * <p>{@code io.minilibuv.async} is the API. {@code io.minilibuv.async.internal} is what the thread
 * pool is built on; it promises nothing to anybody else.
 */
// The thread pool comes later in the build, so the module that a package is exported to is not
// found.
@SuppressWarnings("module")
module io.minilibuv.async {
  requires transitive io.minilibuv.core;
  requires static org.jspecify;

  exports io.minilibuv.async;
  exports io.minilibuv.async.internal to
      io.minilibuv.threadpool;
}
