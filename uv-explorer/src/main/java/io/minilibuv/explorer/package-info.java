// SPDX-License-Identifier: MIT

/** Records a run of a loop: {@link io.minilibuv.explorer.RunRecorder}. */
@NullMarked
package io.minilibuv.explorer;

import org.jspecify.annotations.NullMarked;
