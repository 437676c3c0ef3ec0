// SPDX-License-Identifier: MIT

/**
 * Names and addresses, looked up on the thread pool and called back on the loop's thread (libuv's
 * {@code src/unix/getaddrinfo.c} and {@code src/unix/getnameinfo.c}).
 *
 * <p>What POSIX has in {@code getaddrinfo} and {@code getnameinfo} is here, as glibc does it: hints
 * and flags, numeric hosts, services by name, and which error comes first. Only the question for a
 * name goes out, through a {@code NameResolver}: the JDK's, or one that a loop is given.
 *
 * <p>Lookups are slow work: at most half of a pool's workers do such at any time.
 */
@NullMarked
package io.minilibuv.threadpool.dns;

import org.jspecify.annotations.NullMarked;
