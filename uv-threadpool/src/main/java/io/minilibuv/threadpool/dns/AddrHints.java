// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

/**
 * What kind of addresses is asked for: the hints of {@link GetAddrInfoRequest} ({@code struct
 * addrinfo} as {@code uv_getaddrinfo} takes it, src/unix/getaddrinfo.c).
 *
 * <p>{@code AddrHints.NONE.withFamily(AF_INET6).withSocktype(SOCK_STREAM)} asks for addresses to
 * connect to by TCP over IPv6. Anything may be in the fields; the lookup finds what is wrong.
 *
 * <p>Differs from C: the numbers are those of Linux, on every system.
 *
 * @param flags {@code AI_} constants, or-ed ({@code ai_flags})
 * @param family an {@code AF_} constant ({@code ai_family})
 * @param socktype a {@code SOCK_} constant, or 0 for all ({@code ai_socktype})
 * @param protocol an {@code IPPROTO_} number, or 0 for all ({@code ai_protocol})
 */
public record AddrHints(int flags, int family, int socktype, int protocol) {

  /** Without a node: the wildcard address, to bind to, and not the loopback one. */
  public static final int AI_PASSIVE = 0x1;

  /** The first answer has the {@linkplain AddrInfo#canonicalName canonical name} of the node. */
  public static final int AI_CANONNAME = 0x2;

  /** The node is an address: nothing is looked up, and a name is EAI_NONAME. */
  public static final int AI_NUMERICHOST = 0x4;

  /** With {@link #AF_INET6}: if there are no such addresses, IPv4 ones mapped to IPv6. */
  public static final int AI_V4MAPPED = 0x8;

  /** With {@link #AI_V4MAPPED}: the mapped ones also where there are others, after them. */
  public static final int AI_ALL = 0x10;

  /**
   * Only families of which this machine has an address, besides the loopback one; see {@link
   * NameResolver#families}.
   */
  public static final int AI_ADDRCONFIG = 0x20;

  /** The node is encoded for DNS, as it always is here, with or without this. */
  public static final int AI_IDN = 0x40;

  /** The canonical name is decoded to Unicode. */
  public static final int AI_CANONIDN = 0x80;

  /** The service is a number: a name is EAI_NONAME. */
  public static final int AI_NUMERICSERV = 0x400;

  /** Every family. */
  public static final int AF_UNSPEC = 0;

  /** IPv4. */
  public static final int AF_INET = 2;

  /** IPv6. */
  public static final int AF_INET6 = 10;

  /** A byte stream: TCP, unless the protocol says otherwise. */
  public static final int SOCK_STREAM = 1;

  /** Datagrams: UDP, unless the protocol says otherwise. */
  public static final int SOCK_DGRAM = 2;

  /** A raw socket, of any protocol. It has no services. */
  public static final int SOCK_RAW = 3;

  /** TCP. */
  public static final int IPPROTO_TCP = 6;

  /** UDP. */
  public static final int IPPROTO_UDP = 17;

  /** Hints that ask for nothing; not the same as no hints, which stand for {@link #DEFAULT}. */
  public static final AddrHints NONE = new AddrHints(0, AF_UNSPEC, 0, 0);

  /** What the lookup takes for no hints at all: {@code AI_V4MAPPED | AI_ADDRCONFIG}, as glibc. */
  public static final AddrHints DEFAULT = NONE.withFlags(AI_V4MAPPED | AI_ADDRCONFIG);

  /** All flags that glibc takes; the two without a name here are obsolete and do nothing. */
  static final int AI_KNOWN = 0x4ff | 0x300;

  /** The same with other flags. */
  public AddrHints withFlags(int flags) {
    return new AddrHints(flags, family, socktype, protocol);
  }

  /** The same with another family. */
  public AddrHints withFamily(int family) {
    return new AddrHints(flags, family, socktype, protocol);
  }

  /** The same with another type of socket. */
  public AddrHints withSocktype(int socktype) {
    return new AddrHints(flags, family, socktype, protocol);
  }

  /** The same with another protocol. */
  public AddrHints withProtocol(int protocol) {
    return new AddrHints(flags, family, socktype, protocol);
  }

  boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
