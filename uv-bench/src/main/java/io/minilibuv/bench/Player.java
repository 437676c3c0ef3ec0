// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A contender's process, which waits until it is its turn. */
final class Player implements Participant {
  private final Contender contender;
  private final Child child;

  /**
   * Starts it, and waits until it is ready.
   *
   * @param limit how long any of its answers may take
   * @throws PlayerException if it does not get ready
   */
  Player(Contender contender, List<String> command, Duration limit)
      throws PlayerException, InterruptedException {
    this.contender = contender;
    try {
      child = Child.start(command, limit);
    } catch (PlayerException e) {
      throw failure(e.getMessage());
    }
    try {
      expect("ready");
    } catch (PlayerException e) {
      child.close();
      throw e;
    }
  }

  @Override
  public Contender contender() {
    return contender;
  }

  @Override
  public Measure round() throws PlayerException, InterruptedException {
    try {
      child.writeLine("round");
    } catch (PlayerException e) {
      throw failure(e.getMessage());
    }
    String line = expect("done");
    try {
      return Measure.parse(line);
    } catch (IllegalArgumentException e) {
      throw failure(e.getMessage());
    }
  }

  @Override
  public @Nullable Long end() throws PlayerException, InterruptedException {
    child.endInput();
    String line = expect("bye");
    if (!line.matches("bye (-1|\\d{1,18})")) {
      throw failure("not understood: " + line);
    }
    long kilobytes = Long.parseLong(line.substring("bye ".length()));
    return kilobytes < 0 ? null : kilobytes;
  }

  private String expect(String word) throws PlayerException, InterruptedException {
    String line;
    try {
      line = child.readLine();
    } catch (PlayerException e) {
      throw failure(e.getMessage());
    }
    if (!(line + ' ').startsWith(word + ' ')) {
      throw failure(line);
    }
    return line;
  }

  private PlayerException failure(@Nullable String why) {
    return new PlayerException(contender.label() + ": " + why);
  }

  @Override
  public void close() {
    child.close();
  }
}
