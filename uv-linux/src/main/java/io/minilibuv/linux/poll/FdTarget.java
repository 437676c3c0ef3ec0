// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import io.minilibuv.core.IoWatcher;
import java.nio.channels.SelectableChannel;
import org.jspecify.annotations.Nullable;

/**
 * What the watchers of one descriptor have in common: its number, and the channel that owns it if
 * there is one.
 */
final class FdTarget {
  final int fd;

  /** Whose descriptor it is; null if it was named by its number. */
  @Nullable SelectableChannel channel;

  /** How many watchers were prepared for it, and not forgotten. */
  int watchers;

  /** The watcher that the kernel has been told of, or null. */
  @Nullable IoWatcher registered;

  FdTarget(int fd, @Nullable SelectableChannel channel) {
    this.fd = fd;
    this.channel = channel;
  }

  /** Whether the channel has been closed, so that the number may be anybody's by now. */
  boolean isGone() {
    SelectableChannel owner = channel;
    return owner != null && !owner.isOpen();
  }
}
