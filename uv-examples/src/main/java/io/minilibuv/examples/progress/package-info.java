// SPDX-License-Identifier: MIT

/**
 * {@code uv progress}: sends that are merged, and a queue that merges none. {@code CoalescedSends}
 * and {@code QueuedMessages} are the two.
 */
@NullMarked
package io.minilibuv.examples.progress;

import org.jspecify.annotations.NullMarked;
