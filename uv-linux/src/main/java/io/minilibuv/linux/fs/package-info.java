// SPDX-License-Identifier: MIT

/** The file system by the system calls that libuv makes. */
@NullMarked
package io.minilibuv.linux.fs;

import org.jspecify.annotations.NullMarked;
