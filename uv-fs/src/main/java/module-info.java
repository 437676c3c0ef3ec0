// SPDX-License-Identifier: MIT

/**
 * File system requests, which block workers of the pool instead of the loop, and the watching of
 * files.
 *
 * <p>{@code io.minilibuv.fs} is the API and the seam for other file system backends.
 */
module io.minilibuv.fs {
  requires transitive io.minilibuv.core;
  requires transitive io.minilibuv.threadpool;
  requires io.minilibuv.async;
  requires org.slf4j;
  requires static org.jspecify;

  uses io.minilibuv.fs.FsEventBackendProvider;
  uses io.minilibuv.fs.FsBackendProvider;

  exports io.minilibuv.fs;
  exports io.minilibuv.fs.futures;
  exports io.minilibuv.fs.tree;
}
