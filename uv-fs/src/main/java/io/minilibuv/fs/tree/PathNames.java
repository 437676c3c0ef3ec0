// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import java.io.File;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Puts paths together and takes them apart. A path is a string here, as it is in libuv; no file
 * system is asked, and {@code ..} is left for the system to follow.
 */
final class PathNames {
  /** As much of a name as a temporary name repeats: the whole must fit where names are short. */
  private static final int REPEATED = 32;

  private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7f]");

  private PathNames() {}

  /** The path of {@code name} in {@code directory}. */
  static String join(String directory, String name) {
    return endsInSeparator(directory) ? directory + name : directory + '/' + name;
  }

  /** The last name of {@code path}; empty for a root. */
  static String baseName(String path) {
    int end = endOfName(path);
    return path.substring(startOfName(path, end), end);
  }

  /** {@code path} without what separates nothing at its end, unless there is nothing else. */
  static String withoutSlashes(String path) {
    int end = endOfName(path);
    return end == 0 ? path : path.substring(0, end);
  }

  /** The directory that {@code path} names something in; {@code .} if it says none. */
  static String parent(String path) {
    int start = startOfName(path, endOfName(path));
    int end = start;
    while (end > 1 && isSeparator(path.charAt(end - 1))) {
      end--;
    }
    return start == 0 ? "." : path.substring(0, end);
  }

  /**
   * A name beside {@code path}, hidden, that a copy has until it is whole: {@code
   * .NAME.uv-PID-N.tmp}.
   */
  static String temporary(String path, long pid, long number) {
    String name = baseName(path);
    int end = Math.min(name.length(), REPEATED);
    if (end < name.length() && Character.isLowSurrogate(name.charAt(end))) {
      end--;
    }
    return join(parent(path), "." + name.substring(0, end) + ".uv-" + pid + "-" + number + ".tmp");
  }

  /**
   * Whether {@code path}, which is known to name something, is where devices and open files have
   * their names: below {@code /dev} or {@code /proc}. {@code /dev/shm} is a place for files like
   * any other.
   */
  static boolean isOfSystem(String path) {
    // Only where it begins counts; Java may have no path for what a backend has a name for.
    String plain = BEYOND_ASCII.matcher(path).replaceAll("_");
    String absolute = Path.of(plain).toAbsolutePath().normalize().toString();
    return (absolute.startsWith("/dev/") && !absolute.startsWith("/dev/shm/"))
        || absolute.startsWith("/proc/");
  }

  static boolean endsInSeparator(String path) {
    return !path.isEmpty() && isSeparator(path.charAt(path.length() - 1));
  }

  private static int endOfName(String path) {
    int end = path.length();
    while (end > 0 && isSeparator(path.charAt(end - 1))) {
      end--;
    }
    return end;
  }

  private static int startOfName(String path, int end) {
    int start = end;
    while (start > 0 && !isSeparator(path.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isSeparator(char c) {
    return c == '/' || c == File.separatorChar;
  }
}
