// SPDX-License-Identifier: MIT

/** What the sibling modules need of async handles, and nobody else is to use. */
@NullMarked
package io.minilibuv.async.internal;

import org.jspecify.annotations.NullMarked;
