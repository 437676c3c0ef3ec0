// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import io.minilibuv.core.AnyThread;
import io.minilibuv.core.LoopField;
import java.net.InetAddress;
import java.net.ProtocolFamily;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is asked for names and addresses: the part of a lookup that leaves the process. Hints, flags,
 * numeric hosts and services are not its business.
 *
 * <p>{@code new LoopOptions().with(NameResolver.OF_LOOP, mine)} replaces it for a loop: a
 * simulation's, or a test's. Synchronous lookups, which have no loop, ask {@link #system()}.
 *
 * <p>All methods are called by several workers at once, and may block; nothing interrupts them. An
 * {@link UnknownHostException} is an answer: it becomes an {@code EAI_} code by its message, if
 * that ends as the system's messages do ({@code ": Temporary failure in name resolution"} and
 * others), and {@code UV_EAI_NONAME} otherwise. A resolver that knows better throws a {@code
 * UvException} with the code. What else it throws becomes {@code UV_UNKNOWN}.
 */
@AnyThread
public interface NameResolver {

  /** The resolver of a loop; {@link #system()} unless {@code LoopOptions.with} says otherwise. */
  LoopField<NameResolver> OF_LOOP = LoopField.declareBorrowed("resolver", loop -> system());

  /**
   * The JDK's resolver, which on most systems asks what {@code getaddrinfo} asks in C.
   *
   * <p>Differs from C: the JDK keeps answers for a while (security properties {@code
   * networkaddress.cache.ttl}, and {@code networkaddress.cache.negative.ttl} for failures, which it
   * repeats without their reason: they are {@code UV_EAI_NONAME} then, also a temporary one). It
   * puts IPv4 addresses first unless the system property {@code java.net.preferIPv6Addresses} says
   * otherwise, it tells no canonical names, and believes a reverse lookup only if the name leads
   * back to the address.
   */
  static NameResolver system() {
    return JdkNameResolver.INSTANCE;
  }

  /**
   * The addresses of a name, in the order in which to try them.
   *
   * @param host in ASCII, never empty, and no numeric address
   * @throws UnknownHostException if there are none
   */
  List<InetAddress> lookup(String host) throws UnknownHostException;

  /**
   * The name of an address, or null if it has none.
   *
   * @throws UnknownHostException if that cannot be told
   */
  @Nullable String reverse(InetAddress address) throws UnknownHostException;

  /** The canonical name of {@code host}, for which addresses were found; itself unless known. */
  default String canonicalName(String host) {
    return host;
  }

  /**
   * The families of which this machine has an address besides {@code 127.0.0.1} and {@code ::1},
   * for {@link AddrHints#AI_ADDRCONFIG}. Those of the JDK's network interfaces unless overridden.
   */
  default Set<ProtocolFamily> families() {
    return JdkNameResolver.configuredFamilies();
  }

  /**
   * The domain that this machine is in, without a dot before it, for {@link
   * NameInfoFlags#NI_NOFQDN}; empty if it is in none, or that is not known.
   */
  default String domain() {
    return "";
  }
}
