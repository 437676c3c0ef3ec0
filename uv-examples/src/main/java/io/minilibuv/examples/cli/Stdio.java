// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

/** What commands say to the file system calls about standard input and output. */
public final class Stdio {
  /** The descriptor of standard input. */
  public static final int STDIN = 0;

  /** The descriptor of standard output. */
  public static final int STDOUT = 1;

  /**
   * The offset that reads or writes on where the last call ended ({@code uv_fs_read}, {@code
   * uv_fs_write}): what pipes need, since they have no others.
   */
  public static final long AT_POSITION = -1;

  /** How many bytes are read and written at once: what a pipe holds on Linux. */
  public static final int CHUNK = 64 * 1024;

  private Stdio() {}
}
