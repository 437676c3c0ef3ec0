// SPDX-License-Identifier: MIT
package io.minilibuv.core;

/**
 * Offers a {@link PollBackend} from another module: a service that the loop finds by {@link
 * java.util.ServiceLoader}.
 *
 * <p>A loop takes it unless it was told to take another one: {@link
 * LoopOptions#pollBackend(String)}, and for the whole process the system property {@code
 * minilibuv.backend}. Any thread may call it.
 */
public interface PollBackendProvider {

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
   * @throws UvException EMFILE, ENFILE, ENOMEM or ENOSPC if it would work, but not for now
   */
  PollBackend open();
}
