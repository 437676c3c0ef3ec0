// SPDX-License-Identifier: MIT

/**
 * What libuv spells {@code uv__x}: parts that the modules of this port share, and that are exported
 * to nobody else.
 */
@NullMarked
package io.minilibuv.core.internal;

import org.jspecify.annotations.NullMarked;
