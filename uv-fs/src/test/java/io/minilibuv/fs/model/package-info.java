// SPDX-License-Identifier: MIT

/** A file system in memory, and the test that holds the real one against it. */
@NullMarked
package io.minilibuv.fs.model;

import org.jspecify.annotations.NullMarked;
