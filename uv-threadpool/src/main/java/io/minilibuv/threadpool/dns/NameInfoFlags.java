// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

/**
 * What {@link GetNameInfoRequest} takes ({@code NI_} constants, as {@code uv_getnameinfo} takes
 * them, src/unix/getnameinfo.c).
 *
 * <p>Differs from C: the numbers are those of Linux, on every system.
 */
public final class NameInfoFlags {
  /** The host is given as an address: nothing is looked up. */
  public static final int NI_NUMERICHOST = 0x1;

  /** The service is given as a number. */
  public static final int NI_NUMERICSERV = 0x2;

  /** A name in this machine's own domain is given without it; see {@link NameResolver#domain}. */
  public static final int NI_NOFQDN = 0x4;

  /** A host without a name is EAI_NONAME, and not given as an address. */
  public static final int NI_NAMEREQD = 0x8;

  /** The service is one of UDP, and not of TCP. */
  public static final int NI_DGRAM = 0x10;

  /** The host's name is decoded to Unicode. */
  public static final int NI_IDN = 0x20;

  /** All flags that glibc takes; the two without a name here are obsolete and do nothing. */
  static final int NI_KNOWN = 0xff;

  private NameInfoFlags() {}
}
