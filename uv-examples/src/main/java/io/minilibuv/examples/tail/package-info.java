// SPDX-License-Identifier: MIT

/**
 * {@code uv tail}: the end of a file, and what comes after it. A {@code Follower} says when to
 * look: told by the system, or by asking again and again; {@code TailFile} looks.
 */
@NullMarked
package io.minilibuv.examples.tail;

import org.jspecify.annotations.NullMarked;
