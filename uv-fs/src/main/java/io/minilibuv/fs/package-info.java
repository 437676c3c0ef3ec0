// SPDX-License-Identifier: MIT

/**
 * Files and directories (libuv's {@code src/unix/fs.c}).
 *
 * <p>{@code Fs} holds the calls. Each has two forms: with a loop and a callback it is a {@code
 * FsRequest}, which blocks a worker of the pool and answers on the loop's thread; without, it
 * blocks its caller, from any thread, and returns the value.
 *
 * <p>A request answers by its result: a value, or a negative code. The blocking form throws {@link
 * io.minilibuv.core.UvException}, with the name of the call and the path.
 *
 * <p>File descriptors are small numbers, as in C. They are this library's own: no other program and
 * no other library of the process knows them, and 0, 1 and 2 are the standard streams.
 *
 * <p>{@code FsPollHandle} asks for a path again and again, and tells of its changes. {@code
 * FsEventHandle} is told by the system.
 *
 * <p>The work itself is done by a {@code FsBackend}. The one that is here stands on {@code
 * java.nio}, which can do less than the system's calls can; {@code docs/fs-nio.md} says where.
 */
@NullMarked
package io.minilibuv.fs;

import org.jspecify.annotations.NullMarked;
