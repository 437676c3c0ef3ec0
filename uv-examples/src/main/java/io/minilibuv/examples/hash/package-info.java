// SPDX-License-Identifier: MIT

/**
 * {@code uv hash}: reading and computing on one pool. {@code FileHash} is the way of one file,
 * {@code HashPass} of many.
 */
@NullMarked
package io.minilibuv.examples.hash;

import org.jspecify.annotations.NullMarked;
