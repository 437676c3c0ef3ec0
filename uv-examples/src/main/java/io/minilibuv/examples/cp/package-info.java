// SPDX-License-Identifier: MIT

/**
 * {@code uv cp}: what is around a copy. The copy itself is made by {@code io.minilibuv.fs.tree}:
 * {@code FileCopy} there is the way of one file, {@code Traversal} the way through a tree.
 */
@NullMarked
package io.minilibuv.examples.cp;

import org.jspecify.annotations.NullMarked;
