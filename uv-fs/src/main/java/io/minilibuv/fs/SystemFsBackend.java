// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.core.internal.Providers.CHOICE;
import static io.minilibuv.core.internal.Providers.NIO;
import static io.minilibuv.core.internal.Providers.reason;

import io.minilibuv.core.internal.Providers;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which backend is the process's: {@link FsBackend#system()}. */
final class SystemFsBackend {
  private static final Logger log = LoggerFactory.getLogger(SystemFsBackend.class);

  /**
   * Chosen once, for descriptors are the process's. The providers are those that this module can
   * see, whichever thread comes first.
   */
  static final FsBackend INSTANCE =
      choose(
          System.getProperty(CHOICE),
          Providers.of(
              ServiceLoader.load(FsBackendProvider.class, FsBackend.class.getClassLoader())));

  private SystemFsBackend() {}

  /** The first backend of {@code providers} that works, unless {@code choice} is nio. */
  static FsBackend choose(@Nullable String choice, Providers<FsBackendProvider> providers) {
    FsBackend chosen = NIO.equals(choice) ? null : first(providers);
    if (chosen == null) {
      chosen = FsBackend.nio();
    }
    log.debug("file system calls are made by {}", chosen.name());
    return chosen;
  }

  private static @Nullable FsBackend first(Providers<FsBackendProvider> providers) {
    if (providers.unusable() != null) {
      log.info(
          "a file system backend is here that this JDK cannot use: {}",
          reason(providers.unusable()));
    }
    for (FsBackendProvider provider : providers.usable()) {
      FsBackend opened = open(provider);
      if (opened != null) {
        return opened;
      }
    }
    return null;
  }

  /** Null if it cannot work here, which is logged. */
  private static @Nullable FsBackend open(FsBackendProvider provider) {
    try {
      return provider.open();
    } catch (RuntimeException | LinkageError e) {
      log.warn("no {} here, file system calls are made by {}: {}", provider.name(), NIO, reason(e));
      return null;
    }
  }
}
