// SPDX-License-Identifier: MIT
package io.minilibuv.linux.poll;

import java.nio.channels.SelectableChannel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A loop's targets by the number of their descriptors ({@code watchers} of {@code uv_loop_t}). */
final class FdTable {
  private @Nullable FdTarget[] targets = new FdTarget[16];

  /** The target with this number, or null. */
  @Nullable FdTarget get(int fd) {
    return fd >= 0 && fd < targets.length ? targets[fd] : null;
  }

  /**
   * The target for a descriptor that is open now: the one that is here, unless it is that of a
   * channel which has been closed since, or of another channel.
   */
  FdTarget find(int fd, @Nullable SelectableChannel channel) {
    FdTarget known = get(fd);
    if (known == null
        || known.isGone()
        || (channel != null && known.channel != null && known.channel != channel)) {
      return new FdTarget(fd, channel);
    }
    if (known.channel == null) {
      known.channel = channel;
    }
    return known;
  }

  /** Puts {@code target} in its place, and gives whom it has driven out, or null. */
  @Nullable FdTarget put(FdTarget target) {
    int fd = target.fd;
    if (fd >= targets.length) {
      targets = Arrays.copyOf(targets, Math.max(fd + 1, targets.length * 2));
    }
    FdTarget before = targets[fd];
    targets[fd] = target;
    return before == target ? null : before;
  }

  boolean has(FdTarget target) {
    return get(target.fd) == target;
  }

  void remove(FdTarget target) {
    if (has(target)) {
      targets[target.fd] = null;
    }
  }
}
