// SPDX-License-Identifier: MIT

/**
 * {@code uv phases}: the order in which a loop calls, printed as it happens. Each {@code
 * PhaseScenario} is a program of a few lines; {@code PhaseStage} tells what it does.
 */
@NullMarked
package io.minilibuv.examples.phases;

import org.jspecify.annotations.NullMarked;
