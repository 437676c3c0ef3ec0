// SPDX-License-Identifier: MIT
package io.minilibuv.core;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The kinds of handles, in libuv's order ({@code uv_handle_type}, {@code UV_HANDLE_TYPE_MAP},
 * include/uv.h).
 *
 * <p>It lists kinds that this port has no class for, so that the ordinals are those of C. Any
 * thread may call everything here.
 */
@AnyThread
public enum HandleType {
  /** No type: {@code UV_UNKNOWN_HANDLE}. It has no name. */
  UNKNOWN(null),
  ASYNC,
  CHECK,
  FS_EVENT,
  FS_POLL,
  HANDLE,
  IDLE,
  NAMED_PIPE("pipe"),
  POLL,
  PREPARE,
  PROCESS,
  STREAM,
  TCP,
  TIMER,
  TTY,
  UDP,
  SIGNAL,
  /** A plain file. No handle is of this type: it is an answer of {@code uv_guess_handle}. */
  FILE;

  /** How many types there are, which is one more than the last ({@code UV_HANDLE_TYPE_MAX}). */
  public static final int TYPE_MAX = values().length;

  private static final List<HandleType> TYPES = List.of(values());

  private final @Nullable String typeName;

  HandleType() {
    this.typeName = name().toLowerCase(Locale.ROOT);
  }

  HandleType(@Nullable String typeName) {
    this.typeName = typeName;
  }

  /**
   * The middle of the C type's name, such as {@code timer} ({@code uv_handle_type_name},
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
