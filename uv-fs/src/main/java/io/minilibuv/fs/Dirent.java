// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import java.util.Comparator;
import java.util.Objects;

/**
 * An entry of a directory ({@code uv_dirent_t}, include/uv.h).
 *
 * @param name the name in the directory, without a path
 * @param type what it is; links are not followed
 */
public record Dirent(String name, DirentType type) {

  /** The order of a sorted listing: that of the names' bytes in UTF-8, unsigned. */
  static final Comparator<Dirent> BY_NAME = (a, b) -> compareNames(a.name, b.name);

  public Dirent {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(type, "type");
  }

  /*
   * The bytes of UTF-8 sort as the code points do. So do the chars of UTF-16, except that
   * surrogates, which stand for the code points from 10000 up, come before E000 to FFFF.
   */
  static int compareNames(String a, String b) {
    int common = Math.min(a.length(), b.length());
    for (int i = 0; i < common; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        boolean xHigh = Character.isSurrogate(x);
        return xHigh == Character.isSurrogate(y) ? Character.compare(x, y) : xHigh ? 1 : -1;
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
