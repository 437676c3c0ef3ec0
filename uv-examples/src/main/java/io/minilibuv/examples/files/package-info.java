// SPDX-License-Identifier: MIT

/**
 * Commands that work on files.
 *
 * <p>{@code CpCommand} is what is around a copy, which {@code io.minilibuv.fs.tree} makes; {@code
 * FileCopy} there is the way of one file, {@code Traversal} the way through a tree.
 *
 * <p>{@code CatByCallbacks}, {@code CatByFutures} and {@code CatByThreads} are one program, written
 * three times. {@code Tee} is the next to read: more than one request under way at a time.
 */
@NullMarked
package io.minilibuv.examples.files;

import org.jspecify.annotations.NullMarked;
