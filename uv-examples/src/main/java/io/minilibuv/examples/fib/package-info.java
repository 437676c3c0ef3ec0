// SPDX-License-Identifier: MIT

/**
 * {@code uv fib}: work on the pool, what can still be taken back and what cannot. {@code FibJobs}
 * is where to begin.
 */
@NullMarked
package io.minilibuv.examples.fib;

import org.jspecify.annotations.NullMarked;
