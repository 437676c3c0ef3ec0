// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_DGRAM;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_IDN;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_KNOWN;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_NAMEREQD;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_NOFQDN;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_NUMERICHOST;
import static io.minilibuv.threadpool.dns.NameInfoFlags.NI_NUMERICSERV;

import io.minilibuv.core.UvError;
import java.net.IDN;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** One {@code getnameinfo} with its arguments. Made by the caller's thread, run on any. */
record NameInfoCall(InetAddress address, int port, int flags) {
  static final String NAME = "uv_getnameinfo";

  /** Checks what libuv checks. */
  static NameInfoCall of(InetSocketAddress address, int flags) {
    InetAddress resolved = address.getAddress();
    if (resolved == null) {
      throw UvError.EINVAL.exception(NAME);
    }
    return new NameInfoCall(resolved, address.getPort(), flags);
  }

  /**
   * Does what glibc's {@code getnameinfo} does.
   *
   * @throws io.minilibuv.core.UvException with an {@code EAI_} code
   */
  NameInfo run(NameResolver resolver) {
    if ((flags & ~NI_KNOWN) != 0) {
      throw UvError.EAI_BADFLAGS.exception(NAME);
    }
    String host = has(NI_NUMERICHOST) ? null : name(resolver);
    if (host == null) {
      host = IpAddresses.format(address);
      if (has(NI_NAMEREQD)) {
        throw UvError.EAI_NONAME.exception(NAME, host);
      }
    }
    return new NameInfo(host, service());
  }

  private @Nullable String name(NameResolver resolver) {
    String name;
    try {
      name = resolver.reverse(address);
    } catch (UnknownHostException e) {
      return nameOrAgain(e);
    }
    if (name != null && has(NI_NOFQDN)) {
      String domain = resolver.domain();
      if (!domain.isEmpty() && name.endsWith('.' + domain)) {
        name = name.substring(0, name.length() - domain.length() - 1);
      }
    }
    return name != null && has(NI_IDN) ? IDN.toUnicode(name) : name;
  }

  /** As in C, only a failure that may pass is one: else the host has no name. */
  private @Nullable String nameOrAgain(UnknownHostException answer) {
    var error = NameErrors.of(answer, NAME, IpAddresses.format(address));
    if (error.error() == UvError.EAI_AGAIN) {
      throw error;
    }
    return null;
  }

  private String service() {
    String name =
        has(NI_NUMERICSERV) ? null : Services.system().name(port, has(NI_DGRAM) ? "udp" : "tcp");
    return name != null ? name : String.valueOf(port);
  }

  private boolean has(int flag) {
    return (flags & flag) != 0;
  }
}
