// SPDX-License-Identifier: MIT

/**
 * Work that may block, done on a pool of threads, and called back on the loop's (libuv's {@code
 * src/threadpool.c}).
 *
 * <p>Users queue a {@code WorkRequest}, or ask for random bytes by a {@code RandomRequest} and for
 * names by what is in {@code dns}. Request types of other modules, those of the file system above
 * all, are built on {@code PoolRequest}. All wait in the queue of a {@code ThreadPool}, which all
 * loops of the process share unless they are given others. What is done goes to a queue of its
 * loop, and the loop is woken by an async handle that it keeps for this.
 *
 * <p>Work runs on many threads at once; everything else belongs to the loop's thread.
 */
@NullMarked
package io.minilibuv.threadpool;

import org.jspecify.annotations.NullMarked;
