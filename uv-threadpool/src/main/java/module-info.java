// SPDX-License-Identifier: MIT

/** The work queue: blocking work on a pool of threads, whose completions come back to the loop. */
module io.minilibuv.threadpool {
  requires transitive io.minilibuv.core;
  requires io.minilibuv.async;
  requires org.slf4j;
  requires static org.jspecify;

  exports io.minilibuv.threadpool;
  exports io.minilibuv.threadpool.dns;
}
