// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cat;

import io.minilibuv.core.UvError;
import io.minilibuv.core.UvException;
import io.minilibuv.fs.FsStat;
import java.util.List;

/**
 * Writes files to standard output, one after the other. There are three of them, which do the same
 * in three forms, to be read side by side.
 *
 * <p>All have one buffer. The next read begins when the bytes of the last one are written: who
 * reads the output slowly slows the reading of the files down, and memory has a bound. That is all
 * that there is to back-pressure.
 *
 * <p>A file that cannot be read does not keep the others from being written. When standard output
 * cannot be written to, all of it ends.
 */
interface Cat {
  /** The file name that means standard input. */
  String DASH = "-";

  /** Who is told how it gets on, on the loop's thread. */
  interface Listener {
    /** So many bytes more are written. */
    void written(long bytes);

    /** A file, or standard output, has failed; the error has its name. */
    void failed(UvException failure);
  }

  /** Begins; the loop has nothing more to do for this when it is done. */
  void start(List<String> names);

  /**
   * Refuses what would never end: a file that grows by what is read from it.
   *
   * @throws UvException if {@code input} is standard output itself, and has something to read
   */
  static void refuseOutput(FsStat output, FsStat input, String name) {
    if (input.isRegularFile() && input.size() > 0 && input.isSameFileAs(output)) {
      throw UvError.EINVAL.exception("input file is output file", name);
    }
  }

  /** Whether it is standard output that has failed: all writes go there. */
  static boolean endsAll(UvException error) {
    return error.call().equals("write");
  }

  /**
   * {@code error} with the name of what it is about, which a call on a descriptor does not know.
   *
   * @param name the file that was being copied
   */
  static UvException named(UvException error, String name) {
    String what = endsAll(error) ? "standard output" : name;
    return new UvException(error.code(), error.call(), what, error);
  }
}
