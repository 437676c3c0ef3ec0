// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A contender's process, which waits until it is its turn. */
final class Player implements Participant {
  private final Contender contender;
  private final Process process;
  private final BufferedReader answers;
  private final OutputStream requests;

  /**
   * Starts it, and waits until it is ready.
   *
   * @throws PlayerException if it does not get ready
   */
  Player(Contender contender, List<String> command) throws IOException {
    this.contender = contender;
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII));
    requests = process.getOutputStream();
    try {
      expect("ready");
    } catch (PlayerException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  @Override
  public Contender contender() {
    return contender;
  }

  @Override
  public Measure round() throws IOException {
    requests.write("round\n".getBytes(StandardCharsets.US_ASCII));
    requests.flush();
    return Measure.parse(expect("done"));
  }

  @Override
  public Long end() throws IOException {
    requests.close();
    return Long.valueOf(expect("bye").substring("bye ".length()));
  }

  private String expect(String word) throws IOException {
    String line = answers.readLine();
    if (line == null || !(line + ' ').startsWith(word + ' ')) {
      throw new PlayerException(contender.label() + ": " + (line == null ? "it has ended" : line));
    }
    return line;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
