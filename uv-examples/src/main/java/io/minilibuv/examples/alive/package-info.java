// SPDX-License-Identifier: MIT

/**
 * {@code uv alive}: why a loop does not end. Each {@code AliveScenario} is a program with a
 * mistake, or without one.
 */
@NullMarked
package io.minilibuv.examples.alive;

import org.jspecify.annotations.NullMarked;
