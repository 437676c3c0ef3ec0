// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One answer to a lookup: where to, and by what kind of socket ({@code struct addrinfo}, the result
 * of {@code uv_getaddrinfo}).
 *
 * <p>{@code ai_next} is the list that it is in; there is nothing to free ({@code uv_freeaddrinfo}).
 *
 * @param family {@link AddrHints#AF_INET} or {@link AddrHints#AF_INET6} ({@code ai_family})
 * @param socktype {@link AddrHints#SOCK_STREAM} and its like ({@code ai_socktype})
 * @param protocol {@link AddrHints#IPPROTO_TCP} and its like ({@code ai_protocol})
 * @param address the address, with the service's port or 0 ({@code ai_addr})
 * @param canonicalName the node's, in the first answer if it was asked for, else null ({@code
 *     ai_canonname})
 */
public record AddrInfo(
    int family,
    int socktype,
    int protocol,
    InetSocketAddress address,
    @Nullable String canonicalName) {}
