// SPDX-License-Identifier: MIT

/**
 * {@code uv watch}: a command is run when something changes. {@code Watches} hears of changes,
 * {@code Debounce} waits until they are over, {@code CommandRuns} runs the command.
 */
@NullMarked
package io.minilibuv.examples.watch;

import org.jspecify.annotations.NullMarked;
