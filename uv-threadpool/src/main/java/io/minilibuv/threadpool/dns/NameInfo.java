// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

/**
 * The names of an address ({@code host} and {@code service} of {@code uv_getnameinfo_t}).
 *
 * @param host the host's name, or its address as text
 * @param service the service's name, or its port as text
 */
public record NameInfo(String host, String service) {}
