// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.Loop;
import io.minilibuv.core.Uv;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Arguments for calls that are found by reflection. */
final class FsArguments {
  /** As a mode or as flags, something that can be asked for. */
  private static final int MODE = 4;

  private FsArguments() {}

  /** Arguments that {@code call} can be made with; what they name is not there. */
  static Object[] of(Method call, Loop loop, String missing, FsCallback callback) {
    return Arrays.stream(call.getParameterTypes())
        .map(type -> argument(call, type, loop, missing, callback))
        .toArray();
  }

  private static Object argument(
      Method call, Class<?> type, Loop loop, String missing, FsCallback callback) {
    if (type == Loop.class) {
      return loop;
    } else if (type == FsCallback.class) {
      return callback;
    } else if (type == String.class) {
      return missing;
    } else if (type == FsDir.class) {
      // No backend's own: EINVAL.
      return new FsDir() {};
    } else if (type == ByteBuffer.class) {
      return ByteBuffer.allocate(1);
    } else if (type == ByteBuffer[].class) {
      return new ByteBuffer[] {ByteBuffer.allocate(1)};
    } else if (type == int.class) {
      return isOnDescriptor(call) ? FsFixture.NEVER_OPEN : MODE;
    } else if (type == long.class) {
      return 0L;
    } else if (type == Uv.Timespec.class) {
      return new Uv.Timespec(0, 0);
    } else {
      return 0.0;
    }
  }

  /** Whether the first number is a descriptor: calls on anything else name it. */
  private static boolean isOnDescriptor(Method call) {
    return Arrays.stream(call.getParameterTypes())
        .noneMatch(type -> type == String.class || type == FsDir.class);
  }
}
