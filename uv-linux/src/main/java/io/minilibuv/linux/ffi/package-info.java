// SPDX-License-Identifier: MIT

/** How functions of the C library are found, called, and asked what went wrong. */
@NullMarked
package io.minilibuv.linux.ffi;

import org.jspecify.annotations.NullMarked;
