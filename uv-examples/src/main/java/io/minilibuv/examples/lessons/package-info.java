// SPDX-License-Identifier: MIT

/** Commands that show how the loop and the pool behave. */
@NullMarked
package io.minilibuv.examples.lessons;

import org.jspecify.annotations.NullMarked;
