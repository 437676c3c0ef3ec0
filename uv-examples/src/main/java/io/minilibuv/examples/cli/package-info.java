// SPDX-License-Identifier: MIT

/**
 * What all commands of the program share: the loop and the pool that a command runs on, the end by
 * Ctrl-C, and what is said to a person or to another program.
 *
 * <p>A command extends {@code UvCommand} and does its work with a {@code CommandRun}.
 */
@NullMarked
package io.minilibuv.examples.cli;

import org.jspecify.annotations.NullMarked;
