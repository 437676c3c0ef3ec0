// SPDX-License-Identifier: MIT

/** What every file system backend must do. */
@NullMarked
package io.minilibuv.fs.contract;

import org.jspecify.annotations.NullMarked;
