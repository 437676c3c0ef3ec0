// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool.dns;

import io.minilibuv.core.UvError;
import java.net.IDN;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in Unicode, for DNS ({@code uv__idna_toascii}, src/idna.c).
 *
 * <p>A label in ASCII stays as it is, whatever is in it. Dots may be ideographic.
 *
 * <p>Differs from C: other labels are encoded by {@link IDN}, which first folds them ({@code
 * Straße} becomes {@code strasse}) and refuses what has more than 63 letters then, where libuv
 * encodes what it is given. An unpaired surrogate, which UTF-8 cannot say, is EINVAL as bad UTF-8
 * is in C, and so is a NUL, at which C ends.
 */
final class Idna {
  private static final Pattern DOT = Pattern.compile("[.\u3002\uff0e\uff61]");

  /** A C buffer of 256 less its NUL. */
  private static final int MAX = 255;

  private Idna() {}

  /**
   * The name for DNS.
   *
   * @throws io.minilibuv.core.UvException EINVAL if it is empty, too long, or no text
   */
  static String toAscii(String name, String call) {
    StringBuilder ascii = new StringBuilder();
    Matcher dots = DOT.matcher(name);
    int from = 0;
    while (dots.find()) {
      ascii.append(label(name.substring(from, dots.start()), name, call)).append('.');
      from = dots.end();
    }
    ascii.append(label(name.substring(from), name, call));
    if (ascii.length() == 0 || ascii.length() > MAX) {
      throw UvError.EINVAL.exception(call, name);
    }
    return ascii.toString();
  }

  private static String label(String label, String name, String call) {
    if (label.chars().allMatch(c -> c > 0 && c < 128)) {
      return label;
    }
    boolean text = label.codePoints().noneMatch(c -> c == 0 || (c >= 0xd800 && c <= 0xdfff));
    if (text) {
      try {
        return IDN.toASCII(label, IDN.ALLOW_UNASSIGNED);
      } catch (IllegalArgumentException e) {
        // Answered below.
      }
    }
    throw UvError.EINVAL.exception(call, name);
  }
}
