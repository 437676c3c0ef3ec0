// SPDX-License-Identifier: MIT
package io.minilibuv.examples;

import org.jspecify.annotations.Nullable;

/**
 * Something to be copied.
 *
 * @param parent the directory that it was found in; null for what the command line names
 */
record Entry(@Nullable DirectoryCopy parent, String source, String target) {

  /** What was found in this directory under {@code name}. */
  Entry child(DirectoryCopy copy, String name) {
    return new Entry(copy, PathNames.join(source, name), PathNames.join(target, name));
  }
}
