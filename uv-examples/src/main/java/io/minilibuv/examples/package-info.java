// SPDX-License-Identifier: MIT

/**
 * The command line program {@code uv}: small commands, each a lesson in the libraries below it.
 *
 * <p>Everything runs on one thread, the loop's; only the requests' blocking halves run on the pool.
 */
@NullMarked
package io.minilibuv.examples;

import org.jspecify.annotations.NullMarked;
