// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output, which remembers why it cannot be written to. {@link System#out} only knows that.
 *
 * <p>On a terminal a line is seen as soon as it is printed. Elsewhere lines are kept back until
 * there are many, since each write is a system call; who waits for input, or works on for long,
 * flushes {@link System#out}, or prints by {@link CommandRun#tell}. Whatever ends the program, it
 * is flushed before.
 */
public final class StandardOutput extends OutputStream {
  /** What {@link #install} has made. On the program's main thread. */
  private static @Nullable StandardOutput installed;

  private final OutputStream stream;
  private @Nullable IOException failure;

  /** Writes to {@code stream}. */
  StandardOutput(OutputStream stream) {
    this.stream = stream;
  }

  /** Takes the place of what {@link System#out} was; the text's encoding stays. */
  public static StandardOutput install() {
    StandardOutput output = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    System.setOut(output.printer(Terminal.isStdoutATerminal()));
    installed = output;
    return output;
  }

  /**
   * What prints to this.
   *
   * @param lineByLine whether each line is to be seen at once
   */
  PrintStream printer(boolean lineByLine) {
    return new PrintStream(
        new BufferedOutputStream(this), lineByLine, Terminal.charset("stdout.encoding"));
  }

  /** Whether something could not be written until now: there is no use in more. Flushes nothing. */
  public static boolean isInVain() {
    return installed != null && installed.failure != null;
  }

  /** Whether something could not be written. Writes first what is still kept back. */
  public boolean hasFailed() {
    return System.out.checkError();
  }

  /** Whether that was since nobody reads it any more: the program behind a pipe has ended. */
  public boolean isBrokenPipe() {
    return failure != null && String.valueOf(failure.getMessage()).contains("Broken pipe");
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    try {
      stream.write(bytes, offset, length);
    } catch (IOException e) {
      failure = failure != null ? failure : e;
      throw e;
    }
  }
}
