// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A program that is started anew for each round: what a round takes is its whole life. */
final class Launch implements Participant {
  private static final Path STAT = Path.of("/proc/self/stat");
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(10);

  private final Contender contender;
  private final List<String> command;
  private final String word;
  private final Duration limit;

  /**
   * Starts nothing yet.
   *
   * @param word what the program says, if it has done what it is for
   * @param limit how long it may take
   */
  Launch(Contender contender, List<String> command, String word, Duration limit) {
    this.contender = contender;
    this.command = command;
    this.word = word;
    this.limit = limit;
  }

  @Override
  public Contender contender() {
    return contender;
  }

  @Override
  public Measure round() throws IOException, InterruptedException {
    long cpu = cpuOfChildren();
    long wall = System.nanoTime();
    try (Child child = Child.start(command, limit)) {
      String said = child.readAll();
      int status = child.waitFor();
      wall = System.nanoTime() - wall;
      cpu = cpuOfChildren() - cpu;
      if (status != 0 || !said.strip().equals(word)) {
        throw new PlayerException("it has ended with " + status + ", and said: " + said.strip());
      }
    } catch (PlayerException e) {
      throw new PlayerException(contender.label() + ": " + e.getMessage());
    }
    return new Measure(1, wall, cpu);
  }

  /** What ended children have computed so far, in steps of 10 ms; 0 where nobody tells. */
  private static long cpuOfChildren() throws IOException {
    if (!Files.exists(STAT)) {
      return 0;
    }
    String stat = Files.readString(STAT, StandardCharsets.ISO_8859_1);
    // The name in parentheses may hold anything; the third field comes behind it.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[13]) + Long.parseLong(fields[14])) * TICK;
  }

  @Override
  public @Nullable Long end() {
    return null;
  }

  @Override
  public void close() {}
}
