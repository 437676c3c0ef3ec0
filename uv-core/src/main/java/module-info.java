// SPDX-License-Identifier: MIT

/**
 * The event loop and its phases: timers, pending, idle, prepare, poll IO, check, closing.
 *
 * <p>{@code io.minilibuv.core} is the API. {@code io.minilibuv.core.internal} is for the sibling
 * modules that are built on the loop's inside, as libuv's {@code uv__} functions are; it promises
 * nothing to anybody else.
 */
// Siblings come later in the build, so none of the modules that a package is exported to is found.
@SuppressWarnings("module")
module io.minilibuv.core {
  requires org.slf4j;
  requires static org.jspecify;

  uses io.minilibuv.core.PollBackendProvider;

  exports io.minilibuv.core;
  exports io.minilibuv.core.internal to
      io.minilibuv.async,
      io.minilibuv.threadpool,
      io.minilibuv.fs,
      io.minilibuv.linux;
}
