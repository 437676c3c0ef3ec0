// SPDX-License-Identifier: MIT

/**
 * Files by futures, which libuv does not have: made of nothing but the calls of {@link
 * io.minilibuv.fs.Fs} and their callbacks, as a program could do it.
 *
 * <p>{@code FsFutures} has every call as a {@code RequestFuture}. What takes several calls is a
 * {@code FsTask}: {@code FsFiles} reads and writes whole files, and {@code AsyncFile} is an open
 * file that queues what it is asked.
 *
 * <p>All of it is asked for on the loop's thread, and completed there; waiting for a future, and
 * cancelling it, belongs to any thread.
 */
@NullMarked
package io.minilibuv.fs.futures;

import org.jspecify.annotations.NullMarked;
