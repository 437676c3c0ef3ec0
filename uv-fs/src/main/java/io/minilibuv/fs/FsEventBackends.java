// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.Loop;
import io.minilibuv.core.LoopField;
import io.minilibuv.core.UvException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
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
            System.getProperty(SystemFsBackend.CHOICE),
            ServiceLoader.load(
                FsEventBackendProvider.class, FsEventBackends.class.getClassLoader()));
  }

  /** Those of whom it is not known that they do not work here. */
  private final List<FsEventBackendProvider> providers;

  /**
   * Takes note of who is there.
   *
   * @param choice the system property; {@code nio} is for nobody else
   */
  FsEventBackends(@Nullable String choice, Iterable<FsEventBackendProvider> found) {
    providers =
        new CopyOnWriteArrayList<>(SystemFsBackend.NIO.equals(choice) ? List.of() : loaded(found));
  }

  static FsEventBackends ofProcess() {
    return OfProcess.INSTANCE;
  }

  private static List<FsEventBackendProvider> loaded(Iterable<FsEventBackendProvider> found) {
    List<FsEventBackendProvider> usable = new ArrayList<>();
    Iterator<FsEventBackendProvider> all = found.iterator();
    try {
      all.forEachRemaining(usable::add);
    } catch (ServiceConfigurationError | LinkageError e) {
      // One that is for a newer JDK, for instance.
      log.debug("a provider of file event backends cannot be loaded", e);
    }
    return usable;
  }

  private static FsEventBackend openFor(Loop loop) {
    FsEventBackend opened = FsEventBackendProvider.OF_LOOP.of(loop).open(loop);
    return opened != null ? opened : new NioFsEvents(loop);
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

  private @Nullable FsEventBackend open(FsEventBackendProvider provider, Loop loop) {
    try {
      return provider.open(loop);
    } catch (UvException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      if (providers.remove(provider)) {
        log.warn("the file event backend {} cannot be used: {}", provider.name(), e.toString());
      }
      return null;
    }
  }
}
