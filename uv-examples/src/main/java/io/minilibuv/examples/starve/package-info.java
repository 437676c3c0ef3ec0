// SPDX-License-Identifier: MIT

/**
 * {@code uv starve}: what slow jobs do to quick ones on a full pool, and what helps. {@code
 * Starvation} is one measurement.
 */
@NullMarked
package io.minilibuv.examples.starve;

import org.jspecify.annotations.NullMarked;
