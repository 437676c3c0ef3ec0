// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import java.io.ByteArrayOutputStream;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as text, as glibc reads and writes them, without ever looking anything up.
 *
 * <p>IPv4 may have one to four parts in decimal, octal or hexadecimal ({@code 127.1}). IPv6 is
 * strict, with a scope after {@code %}: a number, or for link-local addresses an interface. The
 * JDK's own parser does not know all of it, and makes IPv4 addresses of mapped ones.
 */
final class IpAddresses {
  static final InetAddress ANY_4 = of(new byte[4]);
  static final InetAddress ANY_6 = of(new byte[16]);
  static final InetAddress LOOPBACK_4 = of(new byte[] {127, 0, 0, 1});
  static final InetAddress LOOPBACK_6 = of(lastSet(new byte[16]));
  static final List<InetAddress> LOOPBACKS = List.of(LOOPBACK_4, LOOPBACK_6);

  private static final int NO_SCOPE = -1;
  private static final Pattern DECIMAL_BYTE = Pattern.compile("0|[1-9][0-9]{0,2}");
  private static final Pattern HEX_GROUP = Pattern.compile("[0-9a-fA-F]{1,4}");
  private static final Pattern SCOPE_NUMBER = Pattern.compile("[0-9]{1,18}");

  private IpAddresses() {}

  /**
   * The address that {@code text} is, or null if it is a name.
   *
   * @throws UnknownHostException if it is an address with a scope that is none
   */
  static @Nullable InetAddress parse(String text) throws UnknownHostException {
    byte[] v4 = parse4(text);
    if (v4 != null) {
      return of(v4);
    }
    int percent = text.indexOf('%');
    byte[] v6 = parse6(percent < 0 ? text : text.substring(0, percent));
    if (v6 == null) {
      return null;
    }
    int scope = percent < 0 ? NO_SCOPE : parseScope(of6(v6, NO_SCOPE), text.substring(percent + 1));
    return of6(v6, scope);
  }

  /** The IPv6 address that stands for an IPv4 one. */
  static InetAddress mapped(Inet4Address address) {
    byte[] bytes = new byte[16];
    bytes[10] = -1;
    bytes[11] = -1;
    System.arraycopy(address.getAddress(), 0, bytes, 12, 4);
    return of6(bytes, NO_SCOPE);
  }

  /** The IPv4 address that an IPv6 one stands for, or null. */
  static @Nullable InetAddress unmapped(Inet6Address address) {
    return of(address.getAddress()) instanceof Inet4Address v4 ? v4 : null;
  }

  /** The address as C writes it, the scope included. */
  static String format(InetAddress address) {
    if (!(address instanceof Inet6Address v6)) {
      return address.getHostAddress();
    }
    String text = format6(v6.getAddress());
    int scope = v6.getScopeId();
    return scope == 0 ? text : text + '%' + scopeName(v6, scope);
  }

  /** {@code inet_aton}. */
  private static byte @Nullable [] parse4(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length > 4) {
      return null;
    }
    long address = 0;
    for (int i = 0; i < parts.length; i++) {
      boolean last = i == parts.length - 1;
      long max = last ? (1L << (8 * (4 - i))) - 1 : 255;
      long part = parsePart(parts[i], max);
      if (part < 0) {
        return null;
      }
      address |= last ? part : part << (8 * (3 - i));
    }
    return new byte[] {
      (byte) (address >> 24), (byte) (address >> 16), (byte) (address >> 8), (byte) address
    };
  }

  /** A number as in C's source, or -1 if it is none, or above {@code max}. */
  private static long parsePart(String text, long max) {
    boolean hex = text.startsWith("0x") || text.startsWith("0X");
    int radix = hex ? 16 : text.startsWith("0") ? 8 : 10;
    String digits = hex ? text.substring(2) : text;
    if (digits.isEmpty()) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      value = value * radix + digit;
      if (digit < 0 || value > max) {
        return -1;
      }
    }
    return value;
  }

  /** {@code inet_pton} for IPv6. */
  private static byte @Nullable [] parse6(String text) {
    int gap = text.indexOf("::");
    if (gap < 0) {
      byte[] all = parseGroups(text, true);
      return all != null && all.length == 16 ? all : null;
    }
    byte[] head = parseGroups(text.substring(0, gap), false);
    byte[] tail = parseGroups(text.substring(gap + 2), true);
    if (head == null || tail == null || head.length + tail.length > 14) {
      return null;
    }
    byte[] address = new byte[16];
    System.arraycopy(head, 0, address, 0, head.length);
    System.arraycopy(tail, 0, address, 16 - tail.length, tail.length);
    return address;
  }

  /**
   * The bytes of what is between two ends, or an end and a gap.
   *
   * @param mayEndDotted whether the last group may be an IPv4 address
   */
  private static byte @Nullable [] parseGroups(String text, boolean mayEndDotted) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (text.isEmpty()) {
      return bytes.toByteArray();
    }
    String[] groups = text.split(":", -1);
    for (int i = 0; i < groups.length; i++) {
      String group = groups[i];
      if (HEX_GROUP.matcher(group).matches()) {
        int value = Integer.parseInt(group, 16);
        bytes.write(value >> 8);
        bytes.write(value);
      } else {
        boolean dotted = mayEndDotted && i == groups.length - 1;
        if (!dotted || !writeDotted(group, bytes)) {
          return null;
        }
      }
    }
    return bytes.toByteArray();
  }

  private static boolean writeDotted(String text, ByteArrayOutputStream bytes) {
    String[] parts = text.split("\\.", -1);
    for (String part : parts) {
      if (!DECIMAL_BYTE.matcher(part).matches() || Integer.parseInt(part) > 255) {
        return false;
      }
      bytes.write(Integer.parseInt(part));
    }
    return parts.length == 4;
  }

  /** Differs from C: scopes above 2<sup>31</sup> - 1 are none, since Java cannot say them. */
  private static int parseScope(Inet6Address address, String scope) throws UnknownHostException {
    if (isLinkLocal(address)) {
      try {
        NetworkInterface named = scope.isEmpty() ? null : NetworkInterface.getByName(scope);
        if (named != null) {
          return named.getIndex();
        }
      } catch (SocketException e) {
        // It has no name that we could find; a number it may be.
      }
    }
    if (SCOPE_NUMBER.matcher(scope).matches() && Long.parseLong(scope) <= Integer.MAX_VALUE) {
      int number = Integer.parseInt(scope);
      return number == 0 ? NO_SCOPE : number;
    }
    throw new UnknownHostException("no such scope: " + scope);
  }

  private static String scopeName(Inet6Address address, int scope) {
    if (isLinkLocal(address)) {
      try {
        NetworkInterface network = NetworkInterface.getByIndex(scope);
        if (network != null) {
          return network.getName();
        }
      } catch (SocketException e) {
        // Its number will do.
      }
    }
    return String.valueOf(scope);
  }

  private static boolean isLinkLocal(Inet6Address address) {
    return address.isLinkLocalAddress() || address.isMCLinkLocal();
  }

  /** {@code inet_ntop}: the longest run of zeros left out, what looks like IPv4 written so. */
  private static String format6(byte[] bytes) {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 16; i += 2) {
      groups.add(Integer.toHexString(((bytes[i] & 0xff) << 8) | (bytes[i + 1] & 0xff)));
    }
    int gap = longestRun(groups);
    if (gap < 0) {
      return String.join(":", groups);
    }
    int end = endOfRun(groups, gap);
    if (gap == 0 && (end == 6 || (end == 5 && groups.get(5).equals("ffff")))) {
      groups.subList(6, 8).clear();
      groups.add(format4(bytes, 12));
    }
    return String.join(":", groups.subList(0, gap))
        + "::"
        + String.join(":", groups.subList(end, groups.size()));
  }

  private static String format4(byte[] bytes, int from) {
    return (bytes[from] & 0xff)
        + "."
        + (bytes[from + 1] & 0xff)
        + "."
        + (bytes[from + 2] & 0xff)
        + "."
        + (bytes[from + 3] & 0xff);
  }

  /** Where the longest run of zeros begins, the first of several, or -1: one zero is no run. */
  private static int longestRun(List<String> groups) {
    int longest = -1;
    int length = 1;
    for (int i = 0; i < groups.size(); i++) {
      if (endOfRun(groups, i) - i > length) {
        longest = i;
        length = endOfRun(groups, i) - i;
      }
    }
    return longest;
  }

  private static int endOfRun(List<String> groups, int begin) {
    int end = begin;
    while (end < groups.size() && groups.get(end).equals("0")) {
      end++;
    }
    return end;
  }

  private static byte[] lastSet(byte[] bytes) {
    bytes[bytes.length - 1] = 1;
    return bytes;
  }

  private static InetAddress of(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of " + bytes.length + " bytes", e);
    }
  }

  /** An IPv6 address, also for the bytes of a mapped IPv4 one. */
  private static Inet6Address of6(byte[] bytes, int scope) {
    try {
      return Inet6Address.getByAddress(null, bytes, scope);
    } catch (UnknownHostException e) {
      throw new AssertionError("an address of " + bytes.length + " bytes", e);
    }
  }
}
