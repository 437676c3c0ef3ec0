// SPDX-License-Identifier: MIT

/**
 * Whole trees: walked, removed and copied. libuv has nothing of the kind; this is made of the calls
 * of {@link io.minilibuv.fs.Fs} and their callbacks, and knows nothing that a program could not
 * know.
 *
 * <p>{@code FsTrees} is where to begin. Each of its operations is asked for on the loop's thread,
 * runs there, with its requests on the pool, and answers by a {@link
 * io.minilibuv.fs.futures.FsTask}. {@code TreeOptions} say how many entries are under way at once
 * and who wants to be told; {@code TreeResult} tells what was done and what has failed: what fails
 * does not end the rest.
 *
 * <p>Within, {@code Traversal} is the way through a tree, the same for all three, and a {@code Job}
 * is what is done to one entry: {@code FileCopy} is the one to read first.
 */
@NullMarked
package io.minilibuv.fs.tree;

import org.jspecify.annotations.NullMarked;
