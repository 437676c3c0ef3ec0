// SPDX-License-Identifier: MIT

/**
 * The event loop, and what every program on it needs: timers, idle, prepare and check handles, and
 * polling of channels (libuv's {@code src/unix/core.c}, {@code timer.c}, {@code loop-watcher.c},
 * {@code poll.c} and their kin).
 *
 * <p>A {@code Loop} runs on one thread and calls back; a {@code Handle} lives for long and can call
 * back many times; a {@code Request} is asked once and answers once. Everything belongs to the
 * loop's thread but what is marked {@link AnyThread}.
 *
 * <p>A call that fails throws {@link UvException}; a callback is told by a negative code ({@link
 * UvError}). A null argument is a {@link NullPointerException}, and the wrong thread an {@link
 * IllegalStateException}.
 *
 * <p>All time comes from the loop's {@link LoopClock}, so that tests can run by a {@link
 * ManualClock}.
 *
 * <p>It does not know the modules that are built on it. They bring their own handles and requests,
 * and keep what they need on a loop in slots of their own.
 */
@NullMarked
package io.minilibuv.core;

import org.jspecify.annotations.NullMarked;
