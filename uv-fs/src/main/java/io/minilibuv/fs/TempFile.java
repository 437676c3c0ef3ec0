// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.util.Objects;

/**
 * What {@link Fs#mkstemp(String)} has made.
 *
 * @param fd its descriptor, open to read and write
 * @param path its name
 */
public record TempFile(int fd, String path) {
  public TempFile {
    Objects.requireNonNull(path, "path");
  }
}
