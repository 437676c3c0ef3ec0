// SPDX-License-Identifier: MIT

/**
 * {@code uv du}: a tree is asked for all that is in it at once, as far as the pool goes, and summed
 * up on the way back. {@code DiskWalk} is where to begin.
 */
@NullMarked
package io.minilibuv.examples.du;

import org.jspecify.annotations.NullMarked;
