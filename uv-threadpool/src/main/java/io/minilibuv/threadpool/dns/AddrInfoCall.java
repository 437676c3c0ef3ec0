// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import io.minilibuv.core.UvError;
import io.minilibuv.threadpool.dns.SocketKinds.Endpoint;
import java.net.IDN;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One {@code getaddrinfo} with its arguments. Made by the caller's thread, run on any.
 *
 * @param node in ASCII, or null
 */
record AddrInfoCall(@Nullable String node, @Nullable String service, AddrHints hints) {
  static final String NAME = "uv_getaddrinfo";

  /** Checks what libuv checks, and encodes the node. */
  static AddrInfoCall of(
      @Nullable String node, @Nullable String service, @Nullable AddrHints hints) {
    if ((node == null && service == null) || (service != null && service.indexOf('\0') >= 0)) {
      throw UvError.EINVAL.exception(NAME);
    }
    return new AddrInfoCall(
        node == null ? null : Idna.toAscii(node, NAME),
        service,
        hints == null ? AddrHints.DEFAULT : hints);
  }

  /**
   * Does what glibc's {@code getaddrinfo} does, in its order, so that of several errors the same
   * one is told.
   *
   * @return at least one answer
   * @throws io.minilibuv.core.UvException with an {@code EAI_} code
   */
  List<AddrInfo> run(NameResolver resolver) {
    String host = "*".equals(node) ? null : node;
    String port = "*".equals(service) ? null : service;
    if (host == null && port == null) {
      throw UvError.EAI_NONAME.exception(NAME);
    }
    boolean canonical = hints.has(AddrHints.AI_CANONNAME);
    if ((hints.flags() & ~AddrHints.AI_KNOWN) != 0 || (canonical && host == null)) {
      throw UvError.EAI_BADFLAGS.exception(NAME);
    }
    int family = family(resolver);
    List<Endpoint> endpoints = SocketKinds.of(hints, port, Services::system, NAME);
    if (host == null) {
      return answers(unnamed(family), endpoints, null);
    }
    InetAddress literal = parse(host);
    if (literal != null) {
      return answers(List.of(as(family, literal)), endpoints, canonical ? host : null);
    }
    List<InetAddress> found = lookup(host, family, resolver);
    return answers(found, endpoints, canonical ? canonicalName(host, resolver) : null);
  }

  /** The family to look for: what was asked for, or what this machine has. */
  private int family(NameResolver resolver) {
    int asked = hints.family();
    if (asked != AddrHints.AF_UNSPEC && asked != AddrHints.AF_INET && asked != AddrHints.AF_INET6) {
      throw UvError.EAI_FAMILY.exception(NAME);
    }
    if (!hints.has(AddrHints.AI_ADDRCONFIG)) {
      return asked;
    }
    Set<ProtocolFamily> here = resolver.families();
    boolean v4 = here.contains(StandardProtocolFamily.INET);
    boolean v6 = here.contains(StandardProtocolFamily.INET6);
    if (asked == AddrHints.AF_UNSPEC) {
      return v4 == v6 ? asked : v4 ? AddrHints.AF_INET : AddrHints.AF_INET6;
    }
    if (asked == AddrHints.AF_INET ? !v4 : !v6) {
      throw UvError.EAI_NONAME.exception(NAME, node);
    }
    return asked;
  }

  /** The addresses without a node, in the order that Linux has them in. */
  private List<InetAddress> unnamed(int family) {
    boolean passive = hints.has(AddrHints.AI_PASSIVE);
    List<InetAddress> all =
        passive
            ? List.of(IpAddresses.ANY_4, IpAddresses.ANY_6)
            : List.of(IpAddresses.LOOPBACK_6, IpAddresses.LOOPBACK_4);
    return all.stream()
        .filter(address -> family == AddrHints.AF_UNSPEC || family == familyOf(address))
        .toList();
  }

  private @Nullable InetAddress parse(String host) {
    try {
      InetAddress literal = IpAddresses.parse(host);
      if (literal == null && hints.has(AddrHints.AI_NUMERICHOST)) {
        throw UvError.EAI_NONAME.exception(NAME, host);
      }
      return literal;
    } catch (UnknownHostException e) {
      throw NameErrors.of(e, NAME, host);
    }
  }

  /** A numeric address in the family that is asked for, if it can be. */
  private InetAddress as(int family, InetAddress literal) {
    InetAddress result = null;
    if (family == AddrHints.AF_UNSPEC || family == familyOf(literal)) {
      result = literal;
    } else if (literal instanceof Inet6Address v6) {
      result = IpAddresses.unmapped(v6);
    } else if (hints.has(AddrHints.AI_V4MAPPED)) {
      result = IpAddresses.mapped((Inet4Address) literal);
    }
    if (result == null) {
      throw UvError.EAI_ADDRFAMILY.exception(NAME, node);
    }
    return result;
  }

  /** The resolver's addresses that are of the family, in its order. */
  private List<InetAddress> lookup(String host, int family, NameResolver resolver) {
    List<InetAddress> found;
    try {
      found = resolver.lookup(host);
    } catch (UnknownHostException e) {
      throw NameErrors.of(e, NAME, host);
    }
    List<InetAddress> wanted = new ArrayList<>();
    for (InetAddress address : found) {
      if (family == AddrHints.AF_UNSPEC || family == familyOf(address)) {
        wanted.add(address);
      }
    }
    boolean all = hints.has(AddrHints.AI_ALL) || wanted.isEmpty();
    if (family == AddrHints.AF_INET6 && hints.has(AddrHints.AI_V4MAPPED) && all) {
      for (InetAddress address : found) {
        if (address instanceof Inet4Address v4) {
          wanted.add(IpAddresses.mapped(v4));
        }
      }
    }
    if (wanted.isEmpty()) {
      throw UvError.EAI_NODATA.exception(NAME, host);
    }
    return wanted;
  }

  private String canonicalName(String host, NameResolver resolver) {
    String name = resolver.canonicalName(host);
    return hints.has(AddrHints.AI_CANONIDN) ? IDN.toUnicode(name) : name;
  }

  private static List<AddrInfo> answers(
      List<InetAddress> addresses, List<Endpoint> endpoints, @Nullable String canonicalName) {
    List<AddrInfo> answers = new ArrayList<>();
    for (InetAddress address : addresses) {
      for (Endpoint endpoint : endpoints) {
        answers.add(
            new AddrInfo(
                familyOf(address),
                endpoint.socktype(),
                endpoint.protocol(),
                new InetSocketAddress(address, endpoint.port()),
                answers.isEmpty() ? canonicalName : null));
      }
    }
    return List.copyOf(answers);
  }

  private static int familyOf(InetAddress address) {
    return address instanceof Inet4Address ? AddrHints.AF_INET : AddrHints.AF_INET6;
  }
}
