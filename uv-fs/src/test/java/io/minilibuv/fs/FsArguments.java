// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.Loop;
import io.minilibuv.core.Uv;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Arguments for calls that are found by reflection. */
final class FsArguments {
  private FsArguments() {}

  /** Arguments that {@code call} can be made with; what they name is not there. */
  static Object[] of(Method call, Loop loop, String missing, FsCallback callback) {
    return Arrays.stream(call.getParameterTypes())
        .map(type -> argument(type, loop, missing, callback))
        .toArray();
  }

  private static Object argument(Class<?> type, Loop loop, String missing, FsCallback callback) {
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
      // A descriptor that is not open; as a mode, one that can be asked for.
      return 4;
    } else if (type == long.class) {
      return 0L;
    } else if (type == Uv.Timespec.class) {
      return new Uv.Timespec(0, 0);
    } else {
      return 0.0;
    }
  }
}
