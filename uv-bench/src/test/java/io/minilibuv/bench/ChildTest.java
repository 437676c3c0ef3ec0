// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Programs that the harness starts end with it, or when they take too long. */
class ChildTest {
  /** Says which process it is, starts one that says so too, and both go on for ever. */
  private static final List<String> ENDLESS =
      List.of("sh", "-c", "echo $$; sh -c 'echo $$; exec tail -f /dev/null'; true");

  /** A harness that has such a child. */
  static final class Harness {
    private Harness() {}

    public static void main(String[] args) throws Exception {
      Child child = Child.start(ENDLESS, Duration.ofMinutes(5));
      System.out.println(child.readLine());
      System.out.println(child.readLine());
      child.readLine();
    }
  }

  private static void awaitEnd(String pid) throws Exception {
    var handle = ProcessHandle.of(Long.parseLong(pid));
    if (handle.isPresent()) {
      handle.get().onExit().get(1, TimeUnit.MINUTES);
    }
  }

  @Test
  void whoDoesNotAnswerIsKilledWithAllThatItHasStarted() throws Exception {
    try (Child child = Child.start(ENDLESS, Duration.ofSeconds(3))) {
      String itself = child.readLine();
      String below = child.readLine();
      assertThatExceptionOfType(PlayerException.class)
          .isThrownBy(child::readLine)
          .withMessage("it was killed, since it had not answered for 3 s");
      awaitEnd(itself);
      awaitEnd(below);
    }
  }

  @Test
  void closingKillsAndWaits() throws Exception {
    String itself;
    String below;
    try (Child child = Child.start(ENDLESS, Duration.ofMinutes(5))) {
      itself = child.readLine();
      below = child.readLine();
    }
    assertThat(ProcessHandle.of(Long.parseLong(itself))).isEmpty();
    awaitEnd(below);
  }

  @Test
  void whenTheHarnessIsToldToEndSoDoItsChildren() throws Exception {
    Process harness =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Harness.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(harness.getInputStream(), StandardCharsets.US_ASCII))) {
      String itself = said.readLine();
      String below = said.readLine();
      harness.destroy(); // SIGTERM
      awaitEnd(itself);
      awaitEnd(below);
      assertThat(harness.waitFor(1, TimeUnit.MINUTES)).isTrue();
    } finally {
      harness.destroyForcibly();
    }
  }

  @Test
  void aProgramThatIsNotThereCannotBeStarted() {
    assertThatExceptionOfType(PlayerException.class)
        .isThrownBy(() -> Child.start(List.of("no-such-program"), Duration.ofMinutes(1)))
        .withMessageContaining("it cannot be started:")
        .withMessageContaining("no-such-program");
  }
}
