// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import io.minilibuv.core.UvError;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of sockets and the port that hints and a service stand for, as in glibc: one kind if
 * the hints name one, else all that the service is offered for.
 */
final class SocketKinds {

  /** A kind of socket with a port: one answer for each address. */
  record Endpoint(int socktype, int protocol, int port) {}

  /**
   * A kind of socket.
   *
   * @param name of its protocol in the table of services
   * @param usual whether it is meant when neither hints nor a service say what is
   */
  private record Kind(int socktype, int protocol, String name, boolean usual) {
    boolean isRaw() {
      return socktype == AddrHints.SOCK_RAW;
    }

    /** A raw socket may have any protocol. */
    boolean fits(AddrHints hints) {
      return (hints.socktype() == 0 || hints.socktype() == socktype)
          && (hints.protocol() == 0 || hints.protocol() == protocol || isRaw());
    }

    Endpoint at(int port, AddrHints hints) {
      return new Endpoint(socktype, isRaw() ? hints.protocol() : protocol, port);
    }
  }

  private static final List<Kind> KINDS =
      List.of(
          new Kind(AddrHints.SOCK_STREAM, AddrHints.IPPROTO_TCP, "tcp", true),
          new Kind(AddrHints.SOCK_DGRAM, AddrHints.IPPROTO_UDP, "udp", true),
          new Kind(6, 33, "dccp", false),
          new Kind(AddrHints.SOCK_DGRAM, 136, "udplite", false),
          new Kind(AddrHints.SOCK_STREAM, 132, "sctp", false),
          new Kind(5, 132, "sctp", false),
          new Kind(AddrHints.SOCK_RAW, 0, "raw", true));

  private static final Pattern NUMBER = Pattern.compile("[ \\t\\n\\x0B\\f\\r]*([+-]?)([0-9]+)");

  private SocketKinds() {}

  /**
   * The endpoints, or the error.
   *
   * @param table asked for when a service has to be found by its name
   */
  static List<Endpoint> of(
      AddrHints hints, @Nullable String service, Supplier<Services> table, String call) {
    if (service == null || service.isEmpty()) {
      return withoutService(hints, 0, call);
    }
    Integer number = strtoul(service);
    if (number == null && hints.has(AddrHints.AI_NUMERICSERV)) {
      throw UvError.EAI_NONAME.exception(call, service);
    }
    if (namesNone(hints)) {
      return number != null && number >= 0
          ? withoutService(hints, number & 0xffff, call)
          : offered(hints, service, table.get(), call);
    }
    Kind kind = named(hints, call);
    int port = -1;
    if (!kind.isRaw()) {
      port = number != null && number >= 0 ? number & 0xffff : table.get().port(service, kind.name);
    }
    if (port < 0) {
      throw UvError.EAI_SERVICE.exception(call, service);
    }
    return List.of(kind.at(port, hints));
  }

  private static List<Endpoint> withoutService(AddrHints hints, int port, String call) {
    return namesNone(hints)
        ? KINDS.stream().filter(Kind::usual).map(kind -> kind.at(port, hints)).toList()
        : List.of(named(hints, call).at(port, hints));
  }

  private static List<Endpoint> offered(
      AddrHints hints, String service, Services services, String call) {
    List<Endpoint> offered = new ArrayList<>();
    for (Kind kind : KINDS) {
      int port = kind.isRaw() ? -1 : services.port(service, kind.name);
      if (port >= 0) {
        offered.add(kind.at(port, hints));
      }
    }
    if (offered.isEmpty()) {
      throw UvError.EAI_SERVICE.exception(call, service);
    }
    return offered;
  }

  private static boolean namesNone(AddrHints hints) {
    return hints.socktype() == 0 && hints.protocol() == 0;
  }

  private static Kind named(AddrHints hints, String call) {
    return KINDS.stream()
        .filter(kind -> kind.fits(hints))
        .findFirst()
        .orElseThrow(() -> UvError.EAI_SOCKTYPE.exception(call));
  }

  /**
   * The number that C makes of a service, or null if it is no number. Blanks and a sign may come
   * before it. It is taken modulo 2<sup>16</sup>; one that is negative as an {@code int} is a name.
   */
  static @Nullable Integer strtoul(String text) {
    Matcher matcher = NUMBER.matcher(text);
    if (!matcher.matches()) {
      return null;
    }
    try {
      long value = Long.parseUnsignedLong(matcher.group(2));
      return (int) (matcher.group(1).equals("-") ? -value : value);
    } catch (NumberFormatException e) {
      return -1; // ULONG_MAX
    }
  }
}
