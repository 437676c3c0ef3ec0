// SPDX-License-Identifier: MIT

/** Holds the documents true to the code, and the code to the house rules. */
@NullMarked
package io.minilibuv.docs;

import org.jspecify.annotations.NullMarked;
