// SPDX-License-Identifier: MIT

/** What the operations of several requests share. Not exported. */
@NullMarked
package io.minilibuv.fs.internal;

import org.jspecify.annotations.NullMarked;
