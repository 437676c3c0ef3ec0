// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

import io.minilibuv.core.UvError;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.security.SecureRandom;

/** Makes files and directories with names that nobody has ({@code mkstemp}, {@code mkdtemp}). */
final class NioTempNames {
  private static final String SUFFIX = "XXXXXX";
  private static final String LETTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

  /** How many names the C library tries: the cube of the number of letters. */
  private static final int TRIES = 62 * 62 * 62;

  private static final SecureRandom RANDOM = new SecureRandom();

  private NioTempNames() {}

  /** Makes something of a name, or fails with {@link FileAlreadyExistsException}. */
  @FunctionalInterface
  interface Maker {
    long make(String path) throws IOException;
  }

  /** Makes something of the first name after {@code template} that is free, and answers it. */
  static long make(String template, FsAnswer answer, Maker maker) throws IOException {
    if (!template.endsWith(SUFFIX)) {
      throw new ErrnoException(UvError.EINVAL);
    }
    String stem = template.substring(0, template.length() - SUFFIX.length());
    for (int i = 0; i < TRIES; i++) {
      String path = stem + randomSuffix();
      try {
        long result = maker.make(path);
        answer.madePath(path);
        return result;
      } catch (FileAlreadyExistsException e) {
        // Somebody has this name: the next.
      }
    }
    throw new ErrnoException(UvError.EEXIST);
  }

  private static String randomSuffix() {
    StringBuilder suffix = new StringBuilder(SUFFIX.length());
    for (int i = 0; i < SUFFIX.length(); i++) {
      suffix.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return suffix.toString();
  }
}
