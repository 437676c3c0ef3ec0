// SPDX-License-Identifier: MIT

/**
 * The way into a loop from other threads (libuv's {@code src/unix/async.c}).
 *
 * <p>All async handles of a loop share one wake-up channel and one IO watcher. A send marks its
 * handle and makes the channel readable; the loop's poll returns, and the loop goes through the
 * handles and calls back those that are marked.
 *
 * <p>It carries no data and counts nothing: publish first, then send. {@code AsyncQueue}, which C
 * does not have, is for those who have items to hand over, and {@code LoopExecutor} for tasks.
 */
@NullMarked
package io.minilibuv.async;

import org.jspecify.annotations.NullMarked;
