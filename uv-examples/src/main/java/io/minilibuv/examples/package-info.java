// SPDX-License-Identifier: MIT

/**
 * The command line program {@code uv}: small commands, each a lesson in the libraries below it.
 *
 * <p>{@code uv cp} is the first one to read: {@code FileCopy} is the way of one file, {@code
 * TreeCopy} the way through a tree, {@code CpCommand} what is around them. Everything runs on one
 * thread, the loop's; only the requests' blocking halves run on the pool.
 */
@NullMarked
package io.minilibuv.examples;

import org.jspecify.annotations.NullMarked;
