// SPDX-License-Identifier: MIT

/** What happens to files, as libuv is told it on Linux: inotify, polled by the loop itself. */
@NullMarked
package io.minilibuv.linux.inotify;

import org.jspecify.annotations.NullMarked;
