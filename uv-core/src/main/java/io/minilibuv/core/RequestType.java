// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of requests, in libuv's order ({@code uv_req_type}, {@code UV_REQ_TYPE_MAP},
 * include/uv.h).
 *
 * <p>It lists kinds that this port has no class for, so that the ordinals are those of C. Any
 * thread may call everything here.
 */
@AnyThread
public enum RequestType {
  /** No type: {@code UV_UNKNOWN_REQ}. It has no name. */
  UNKNOWN(null),
  REQ,
  CONNECT,
  WRITE,
  SHUTDOWN,
  UDP_SEND,
  FS,
  WORK,
  GETADDRINFO,
  GETNAMEINFO,
  RANDOM;

  /**
   * How many types there are, which is one more than the last ({@code UV_REQ_TYPE_MAX}).
   *
   * <p>Differs from C: libuv keeps private types between the last and this one on Windows.
   */
  public static final int TYPE_MAX = values().length;

  private static final List<RequestType> TYPES = List.of(values());

  private final @Nullable String typeName;

  RequestType() {
    this.typeName = name().toLowerCase(Locale.ROOT);
  }

  RequestType(@Nullable String typeName) {
    this.typeName = typeName;
  }

  /**
   * The middle of the C type's name, such as {@code work} ({@code uv_req_type_name},
   * src/uv-common.c); null for {@link #UNKNOWN}.
   */
  public @Nullable String typeName() {
    return typeName;
  }

  /** The name of the type with this number; null if there is none, or it has no name, as in C. */
  public static @Nullable String typeName(int ordinal) {
    return ordinal >= 0 && ordinal < TYPE_MAX ? TYPES.get(ordinal).typeName : null;
  }
}
