// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import static io.minilibuv.core.internal.Providers.NIO;
import static io.minilibuv.core.internal.Providers.reason;

import io.minilibuv.core.internal.Providers;
import java.util.List;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which poll backends there are, and which of them a loop gets.
 *
 * <p>Any thread may call everything here.
 */
final class PollBackends {
  private static final Logger log = LoggerFactory.getLogger(PollBackends.class);

  /** The choice for the process, made by the first loop. */
  private static final class OfProcess {
    static final PollBackends INSTANCE = find();
  }

  private final List<PollBackendProvider> providers;

  /** Why a provider that is there could not even be made, or null. */
  private final @Nullable Throwable unusable;

  /** Who opens what is opened without any choice; null for nio. */
  private volatile @Nullable PollBackendProvider standard;

  /**
   * Decides for one of the providers.
   *
   * @param asked the name in the system property, or null
   */
  PollBackends(Providers<PollBackendProvider> found, @Nullable String asked) {
    this.providers = found.usable().stream().filter(PollBackendProvider::isForThisSystem).toList();
    this.unusable = found.unusable();
    this.standard = choose(asked);
  }

  static PollBackends ofProcess() {
    return OfProcess.INSTANCE;
  }

  private static PollBackends find() {
    return new PollBackends(
        Providers.of(
            ServiceLoader.load(PollBackendProvider.class, PollBackends.class.getClassLoader())),
        System.getProperty(Providers.CHOICE));
  }

  private @Nullable PollBackendProvider choose(@Nullable String asked) {
    PollBackendProvider first = providers.isEmpty() ? null : providers.get(0);
    if (asked == null || asked.isEmpty()) {
      if (unusable != null) {
        log.info("a poll backend is here that this JDK cannot use: {}", unusable.toString());
      }
      return first;
    }
    if (asked.equals(NIO)) {
      return null;
    }
    PollBackendProvider named = named(asked);
    if (named == null) {
      String instead = first == null ? NIO : first.name();
      log.warn("{}; loops are opened on {}", whyNone(asked), instead);
      return first;
    }
    return named;
  }

  private @Nullable PollBackendProvider named(String name) {
    for (PollBackendProvider provider : providers) {
      if (provider.name().equals(name)) {
        return provider;
      }
    }
    return null;
  }

  /** Opens what {@link PollBackend#system()} says. */
  PollBackend open() {
    PollBackendProvider provider = standard;
    if (provider == null) {
      return PollBackend.nio();
    }
    try {
      return provider.open();
    } catch (RuntimeException | LinkageError e) {
      if (isTemporary(e)) {
        throw e;
      }
      fallBack(provider, e);
      return PollBackend.nio();
    }
  }

  /** Leaves it at nio from now on; of several loops that fail at once, one tells. */
  private synchronized void fallBack(PollBackendProvider provider, Throwable why) {
    if (standard == provider) {
      standard = null;
      log.warn("no {} here, loops are opened on {}: {}", provider.name(), NIO, reason(why));
      log.debug("no {} here", provider.name(), why);
    }
  }

  /**
   * Opens the backend of this name, and no other.
   *
   * @throws UvException ENOSYS, with the reason, if it cannot be had here; EMFILE and the like
   */
  PollBackend open(String name) {
    if (name.equals(NIO)) {
      return PollBackend.nio();
    }
    PollBackendProvider provider = named(name);
    if (provider == null) {
      throw cannotBeHad(whyNone(name), unusable);
    }
    try {
      return provider.open();
    } catch (RuntimeException | LinkageError e) {
      if (isTemporary(e)) {
        throw e;
      }
      throw cannotBeHad("no " + name + " here: " + reason(e), e);
    }
  }

  private String whyNone(String name) {
    StringBuilder why = new StringBuilder("no poll backend of the name ").append(name);
    why.append("; there is ").append(NIO);
    providers.forEach(provider -> why.append(" and ").append(provider.name()));
    if (unusable != null) {
      why.append(", and one that this JDK cannot use: ").append(unusable);
    } else if (providers.isEmpty()) {
      why.append(" only: others come in modules of their own, epoll in io.minilibuv.linux, which")
          .append(" needs Linux and JDK 22 or newer");
    }
    return why.toString();
  }

  /** Whether it is no more than that there are too many of something for now. */
  private static boolean isTemporary(Throwable thrown) {
    return thrown instanceof UvException e && PollBackendProvider.isShortage(e.error());
  }

  private static UvException cannotBeHad(String why, @Nullable Throwable cause) {
    String call = "uv_loop_init";
    UvError error = UvError.ENOSYS;
    String message = error.errName() + ": " + error.message() + ", " + call + ": " + why;
    return new UvException(message, error.code(), call, null, null, cause);
  }
}
