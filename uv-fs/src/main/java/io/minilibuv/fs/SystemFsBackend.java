// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.util.Iterator;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which backend is the process's: {@link FsBackend#system()}. */
final class SystemFsBackend {
  private static final Logger log = LoggerFactory.getLogger(SystemFsBackend.class);

  /** The property that chooses between the backends, of loops as of files. */
  static final String CHOICE = "minilibuv.backend";

  static final String NIO = "nio";

  /**
   * Chosen once, for descriptors are the process's. The providers are those that this module can
   * see, whichever thread comes first.
   */
  static final FsBackend INSTANCE =
      choose(
          System.getProperty(CHOICE),
          ServiceLoader.load(FsBackendProvider.class, FsBackend.class.getClassLoader()));

  private SystemFsBackend() {}

  /** The first backend of {@code providers} that works, unless {@code choice} is nio. */
  static FsBackend choose(@Nullable String choice, Iterable<FsBackendProvider> providers) {
    if (!NIO.equals(choice)) {
      Iterator<FsBackendProvider> all = providers.iterator();
      try {
        while (all.hasNext()) {
          FsBackend opened = open(all.next());
          if (opened != null) {
            return opened;
          }
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        // One that is for a newer JDK, for instance.
        log.warn(
            "a provider of file system backends cannot be loaded, java.nio is used: {}", why(e));
      }
    }
    return FsBackend.nio();
  }

  /** Null if it cannot work here, which is logged. */
  private static @Nullable FsBackend open(FsBackendProvider provider) {
    try {
      return provider.open();
    } catch (RuntimeException | LinkageError e) {
      log.warn("the file system backend {} cannot be used: {}", provider.name(), why(e));
      return null;
    }
  }

  private static String why(Throwable thrown) {
    String message = thrown.getMessage();
    return message != null ? message : thrown.toString();
  }
}
