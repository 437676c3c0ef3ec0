// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.UvError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What nobody has expected to be thrown, told in a line: a stack is for who asks for one. */
public final class Mistake {
  private static final Logger log = LoggerFactory.getLogger(Mistake.class);

  private Mistake() {}

  /**
   * Tells it on standard error, with its stack if the program is to be verbose.
   *
   * @param who for the beginning of the line
   * @return what the program is to end with
   */
  public static int tell(String who, Throwable mistake) {
    System.out.flush();
    String what =
        mistake instanceof OutOfMemoryError
            ? UvError.ENOMEM.exception("java", String.valueOf(mistake.getMessage())).getMessage()
            : mistake + " (a mistake of the program's; -v tells where)";
    System.err.println(who + ": " + Printable.message(String.valueOf(what)));
    log.debug("{}", who, mistake);
    return 1;
  }
}
