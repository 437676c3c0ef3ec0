// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/** What a callback belongs to: libuv's two nouns, a {@link Handle} or a {@link Request}. */
public sealed interface EventSource permits Handle, Request {

  /** The loop that calls back. */
  Loop loop();
}
