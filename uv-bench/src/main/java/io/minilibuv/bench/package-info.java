// SPDX-License-Identifier: MIT

/** What this project costs, side by side with C libuv and with what else there is on the JVM. */
@NullMarked
package io.minilibuv.bench;

import org.jspecify.annotations.NullMarked;
