// SPDX-License-Identifier: MIT
package io.minilibuv.core.internal;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import org.jspecify.annotations.Nullable;

/**
 * Who offers backends of one kind: for loops, for files, for file events. A choice between them
 * always has {@link #NIO} as its last, which needs no provider.
 *
 * @param <P> the type of the providers
 * @param usable those that could be made, in the order in which they were found
 * @param unusable why another could not, or null
 */
public record Providers<P>(List<P> usable, @Nullable Throwable unusable) {
  /** The system property that chooses between backends, of all kinds alike. */
  public static final String CHOICE = "minilibuv.backend";

  /** The name of what is there on every system. */
  public static final String NIO = "nio";

  /** Makes all that can be made. */
  public static <P> Providers<P> of(Iterable<P> services) {
    List<P> usable = new ArrayList<>();
    Throwable unusable = null;
    Iterator<P> all = services.iterator();
    try {
      while (all.hasNext()) {
        // On the class path of an older JDK, one may be there and its class of a newer version.
        try {
          usable.add(all.next());
        } catch (ServiceConfigurationError | LinkageError e) {
          unusable = e;
        }
      }
    } catch (ServiceConfigurationError | LinkageError e) {
      unusable = e;
    }
    return new Providers<>(usable, unusable);
  }

  /** What failed first; a class that could not be initialised says only that. */
  public static String reason(Throwable thrown) {
    Throwable why = thrown;
    for (Throwable cause = why; why instanceof LinkageError && cause != null; ) {
      why = cause;
      cause = why.getCause();
    }
    return why.toString();
  }
}
