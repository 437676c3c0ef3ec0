// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import java.net.UnknownHostException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes codes of what resolvers throw ({@code uv__getaddrinfo_translate_error},
 * src/unix/getaddrinfo.c).
 *
 * <p>Differs from C: Java does not tell the resolver's number. On Unix it puts the message of
 * {@code gai_strerror} behind the name, from which the number is found again. Without one (an
 * answer from the JDK's cache, Windows) or with one in another language it is {@code
 * UV_EAI_NONAME}, which by far most failures are.
 */
final class NameErrors {
  private static final Map<String, UvError> MESSAGES =
      Map.ofEntries(
          // glibc and macOS
          Map.entry("Temporary failure in name resolution", UvError.EAI_AGAIN),
          Map.entry("Non-recoverable failure in name resolution", UvError.EAI_FAIL),
          Map.entry("No address associated with hostname", UvError.EAI_NODATA),
          Map.entry("No address associated with nodename", UvError.EAI_NODATA),
          Map.entry("Address family for hostname not supported", UvError.EAI_ADDRFAMILY),
          Map.entry("Address family for nodename not supported", UvError.EAI_ADDRFAMILY),
          Map.entry("ai_family not supported", UvError.EAI_FAMILY),
          Map.entry("Memory allocation failure", UvError.EAI_MEMORY),
          // musl
          Map.entry("Try again", UvError.EAI_AGAIN),
          Map.entry("Non-recoverable error", UvError.EAI_FAIL),
          Map.entry("Name has no usable address", UvError.EAI_NODATA),
          Map.entry("Out of memory", UvError.EAI_MEMORY));

  private NameErrors() {}

  /** The exception for an answer of the resolver's about {@code subject}. */
  static UvException of(UnknownHostException answer, String call, String subject) {
    return new UvException(codeOf(answer), call, subject, answer);
  }

  private static int codeOf(UnknownHostException answer) {
    String message = answer.getMessage();
    int colon = message == null ? -1 : message.lastIndexOf(": ");
    UvError error = colon < 0 ? null : MESSAGES.get(String.valueOf(message).substring(colon + 2));
    return (error == null ? UvError.EAI_NONAME : error).code();
  }

  /** What a callback is told: {@code failure} is what the work has thrown, if it has. */
  static int status(int status, @Nullable Throwable failure) {
    if (status == UvError.ECANCELED.code()) {
      return UvError.EAI_CANCELED.code();
    }
    if (failure == null) {
      return status;
    }
    return failure instanceof UvException known ? known.code() : UvError.UNKNOWN.code();
  }
}
