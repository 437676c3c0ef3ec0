// SPDX-License-Identifier: MIT

/** What the tests of all modules share; it knows no more of the loop than its public API. */
@NullMarked
package io.minilibuv.testing;

import org.jspecify.annotations.NullMarked;
