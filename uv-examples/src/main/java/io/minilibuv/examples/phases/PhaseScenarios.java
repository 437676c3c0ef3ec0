// SPDX-License-Identifier: MIT
package io.minilibuv.examples.phases;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** All scenarios of {@code uv phases}, the easy ones first. */
final class PhaseScenarios implements Iterable<String> {
  /** What is there. A tour that goes round once is the usual one. */
  static final List<PhaseScenario> ALL =
      List.of(
          new PhaseTour(1),
          new PhaseTimerZero(),
          new PhaseCloseOrder(),
          new PhaseStartOrder(),
          new PhaseStop(),
          new PhaseModes(),
          new PhasePool());

  /** What asks for all of them. */
  static final String ALL_NAME = "all";

  /** Made by picocli, which takes the names from it for its help, and to complete them. */
  PhaseScenarios() {}

  /** What a scenario can be asked for by. */
  @Override
  public Iterator<String> iterator() {
    return Stream.concat(ALL.stream().map(PhaseScenario::name), Stream.of(ALL_NAME)).iterator();
  }
}
