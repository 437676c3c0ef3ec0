// SPDX-License-Identifier: MIT

/**
 * The command line program {@code uv}: small commands, each a lesson in the libraries below it.
 *
 * <p>{@code uv cp} is the first one to read: {@code CpCommand} is what is around a copy, which
 * {@code io.minilibuv.fs.tree} makes; {@code FileCopy} there is the way of one file, {@code
 * Traversal} the way through a tree. Everything runs on one thread, the loop's; only the requests'
 * blocking halves run on the pool.
 */
@NullMarked
package io.minilibuv.examples;

import org.jspecify.annotations.NullMarked;
