// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import org.jspecify.annotations.Nullable;

/**
 * Offers a {@link PollBackend} from another module: a service that the loop finds by {@link
 * java.util.ServiceLoader}.
 *
 * <p>A loop takes it unless it was told to take another one: {@link
 * LoopOptions#pollBackend(String)}, and for the whole process the system property {@code
 * minilibuv.backend}. Any thread may call it.
 */
public interface PollBackendProvider {

  /**
   * Whether an error means that there are too many of something for now, and nothing about whether
   * a backend works here: EMFILE, ENFILE, ENOMEM, ENOSPC.
   */
  static boolean isShortage(@Nullable UvError error) {
    return error == UvError.EMFILE
        || error == UvError.ENFILE
        || error == UvError.ENOMEM
        || error == UvError.ENOSPC;
  }

  /** The name that it is asked for by: {@code epoll}. */
  String name();

  /**
   * Whether it is made for the operating system that this is. If not, it is as if it were not
   * there.
   */
  boolean isForThisSystem();

  /**
   * Opens a backend that works here, for one loop.
   *
   * <p>Whatever else it throws means that it does not work here at all: a call that the system
   * refuses, a function that is missing, native access that is not allowed.
   *
   * @throws UvException if it would work, but not for now: {@link #isShortage}
   */
  PollBackend open();
}
