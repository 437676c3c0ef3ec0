// SPDX-License-Identifier: MIT

/**
 * {@code uv tee}: one source, several sinks, the slowest of which sets the pace. {@code Tee} is
 * where more than one request is under way at a time.
 */
@NullMarked
package io.minilibuv.examples.tee;

import org.jspecify.annotations.NullMarked;
