// SPDX-License-Identifier: MIT
package io.minilibuv.linux.inotify;

import io.minilibuv.core.Loop;
import io.minilibuv.core.PollBackendProvider;
import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsEventBackend;
import io.minilibuv.fs.FsEventBackendProvider;
import io.minilibuv.linux.ffi.Linux;
import org.jspecify.annotations.Nullable;

/** Offers inotify to loops that poll descriptors. */
public final class InotifyProvider implements FsEventBackendProvider {
  private final InotifyCalls calls;

  /** For {@link java.util.ServiceLoader}. */
  public InotifyProvider() {
    this(new NativeInotifyCalls());
  }

  InotifyProvider(InotifyCalls calls) {
    this.calls = calls;
  }

  @Override
  public String name() {
    return InotifyBackend.NAME;
  }

  @Override
  public @Nullable FsEventBackend open(Loop loop) {
    // Only such loops take its descriptor, and it is not to be asked where native access is denied.
    if (!Linux.isHere() || !loop.backendName().equals("epoll")) {
      return null;
    }
    try {
      return new InotifyBackend(loop, calls);
    } catch (UvException e) {
      if (PollBackendProvider.isShortage(e.error())) {
        throw e;
      }
      if (e.error() == UvError.ENOTSUP) {
        return null;
      }
      throw new UnsupportedOperationException(e.getMessage(), e);
    }
  }
}
