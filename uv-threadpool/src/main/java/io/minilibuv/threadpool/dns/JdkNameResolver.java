// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ProtocolFamily;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** {@link NameResolver#system()}. */
final class JdkNameResolver implements NameResolver {
  static final JdkNameResolver INSTANCE = new JdkNameResolver();

  private JdkNameResolver() {}

  @Override
  public List<InetAddress> lookup(String host) throws UnknownHostException {
    return List.of(InetAddress.getAllByName(host));
  }

  /**
   * The JDK answers with the address's text when it finds no name. It keeps what it found in the
   * object, which is why it is asked with a new one.
   */
  @Override
  public @Nullable String reverse(InetAddress address) throws UnknownHostException {
    InetAddress fresh = InetAddress.getByAddress(address.getAddress());
    String name = fresh.getCanonicalHostName();
    return name.equals(fresh.getHostAddress()) ? null : name;
  }

  @Override
  public String domain() {
    try {
      String name = InetAddress.getLocalHost().getCanonicalHostName();
      boolean numeric = IpAddresses.parse(name) != null;
      int dot = name.indexOf('.');
      return numeric || dot < 0 ? "" : name.substring(dot + 1);
    } catch (UnknownHostException e) {
      return "";
    }
  }

  static Set<ProtocolFamily> configuredFamilies() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(address -> !IpAddresses.LOOPBACKS.contains(address))
          .map(JdkNameResolver::familyOf)
          .collect(Collectors.toUnmodifiableSet());
    } catch (SocketException e) {
      // As C does when it cannot tell: leave nothing out.
      return Set.of(StandardProtocolFamily.INET, StandardProtocolFamily.INET6);
    }
  }

  private static ProtocolFamily familyOf(InetAddress address) {
    return address instanceof Inet4Address
        ? StandardProtocolFamily.INET
        : StandardProtocolFamily.INET6;
  }
}
