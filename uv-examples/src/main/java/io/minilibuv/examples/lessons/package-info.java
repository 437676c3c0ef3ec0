// SPDX-License-Identifier: MIT

/** Commands that show how the loop and the pool behave. */
/** Commands that show one idea of the event loop each. */
@NullMarked
package io.minilibuv.examples.lessons;

import org.jspecify.annotations.NullMarked;
