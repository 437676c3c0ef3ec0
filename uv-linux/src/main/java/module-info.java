// SPDX-License-Identifier: MIT

/**
 * libuv's own system calls for Linux, by {@link java.lang.foreign}: epoll and eventfd for the loop,
 * the calls of the file system, inotify.
 *
 * <p>No module names this one, and it exports nothing: core and fs find it by its services.
 */
module io.minilibuv.linux {
  requires io.minilibuv.core;
  requires io.minilibuv.fs;
  requires static org.jspecify;

  provides io.minilibuv.core.PollBackendProvider with
      io.minilibuv.linux.poll.EpollProvider;
  provides io.minilibuv.fs.FsBackendProvider with
      io.minilibuv.linux.fs.LinuxFsBackendProvider;
  provides io.minilibuv.fs.FsEventBackendProvider with
      io.minilibuv.linux.inotify.InotifyProvider;
}
