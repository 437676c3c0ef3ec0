// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

/** Operations of which some are under way at once. */
class FlightTest {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private int inFlight;
  private int most;

  /** Whoever is not busy does what there is to do. */
  private void execute(Runnable task) {
    boolean busy = !tasks.isEmpty();
    tasks.add(task);
    while (!busy && !tasks.isEmpty()) {
      tasks.peek().run();
      tasks.remove();
    }
  }

  private Flight flight(int n, int failing) {
    int[] begun = {0};
    return new Flight(
        n,
        3,
        this::execute,
        done -> {
          most = Math.max(most, ++inFlight);
          boolean fails = ++begun[0] == failing;
          execute(
              () -> {
                inFlight--;
                done.accept(fails ? new IllegalArgumentException("ENOENT") : null);
              });
        },
        () -> {});
  }

  @Test
  void allAreDoneAndNeverMoreAtOnceThanMayBe() throws Exception {
    Flight flight = flight(10, 0);
    assertThat(flight.round()).isEqualTo(10);
    assertThat(flight.round()).isEqualTo(10);
    assertThat(most).isEqualTo(3);
    assertThat(flight(2, 0).round()).isEqualTo(2);
  }

  @Test
  void oneThatFailsEndsTheRound() {
    assertThatIllegalStateException()
        .isThrownBy(() -> flight(10, 5).round())
        .withStackTraceContaining("ENOENT");
  }
}
