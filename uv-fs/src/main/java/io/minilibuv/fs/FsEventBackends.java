// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import static io.minilibuv.core.internal.Providers.CHOICE;
import static io.minilibuv.core.internal.Providers.NIO;
import static io.minilibuv.core.internal.Providers.reason;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.UvException;
import io.minilibuv.core.internal.Providers;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All providers as one: what a loop asks that was not given any. Any thread may call it. */
final class FsEventBackends implements FsEventBackendProvider {
  private static final Logger log = LoggerFactory.getLogger(FsEventBackends.class);

  /** What a loop's handles watch with. */
  static final LoopField<FsEventBackend> OF_LOOP =
      LoopField.declare("inotify_fd", FsEventBackends::openFor);

  private static final class OfProcess {
    static final FsEventBackends INSTANCE =
        new FsEventBackends(
            System.getProperty(CHOICE),
            Providers.of(
                ServiceLoader.load(
                    FsEventBackendProvider.class, FsEventBackends.class.getClassLoader())));
  }

  /** Those of whom it is not known that they do not work here. */
  private final List<FsEventBackendProvider> providers;

  /**
   * Takes note of who is there.
   *
   * @param choice the system property; {@code nio} is for nobody else
   */
  FsEventBackends(@Nullable String choice, Providers<FsEventBackendProvider> found) {
    providers = new CopyOnWriteArrayList<>(NIO.equals(choice) ? List.of() : found.usable());
  }

  static FsEventBackends ofProcess() {
    return OfProcess.INSTANCE;
  }

  private static FsEventBackend openFor(Loop loop) {
    FsEventBackend opened = FsEventBackendProvider.OF_LOOP.of(loop).open(loop);
    FsEventBackend backend = opened != null ? opened : new NioFsEvents(loop);
    log.debug("{} is told of file events by {}", loop, backend.name());
    return backend;
  }

  @Override
  public String name() {
    return "system";
  }

  @Override
  public FsEventBackend open(Loop loop) {
    for (FsEventBackendProvider provider : providers) {
      FsEventBackend backend = open(provider, loop);
      if (backend != null) {
        return backend;
      }
    }
    return new NioFsEvents(loop);
  }

  /** Null if it is not for this loop; or cannot work here, which is logged once. */
  private @Nullable FsEventBackend open(FsEventBackendProvider provider, Loop loop) {
    try {
      return provider.open(loop);
    } catch (UvException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      if (providers.remove(provider)) {
        log.warn(
            "no {} here, loops are told of file events by {}: {}", provider.name(), NIO, reason(e));
      }
      return null;
    }
  }
}
