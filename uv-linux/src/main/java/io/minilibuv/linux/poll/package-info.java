// SPDX-License-Identifier: MIT

/** A loop's poller as libuv has it on Linux: epoll, and an eventfd to wake it up. */
@NullMarked
package io.minilibuv.linux.poll;

import org.jspecify.annotations.NullMarked;
