// SPDX-License-Identifier: MIT
package io.minilibuv.examples.alive;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/** All scenarios of {@code uv alive}. */
final class AliveScenarios implements Iterable<String> {
  /** What asks for all of them. */
  static final String ALL_NAME = "all";

  /** Made by picocli, which takes the names from it for its help, and to complete them. */
  AliveScenarios() {}

  /** Makes them anew: each is played once. */
  static List<AliveScenario> all() {
    return List.of(
        new AliveForgottenTimer(),
        new AliveUnrefTimer(),
        new AliveClosedTooLate(),
        new AliveActiveRequest(),
        new AliveOpenAsync(),
        new AliveBusyIdle());
  }

  /** What a scenario can be asked for by. */
  @Override
  public Iterator<String> iterator() {
    return Stream.concat(all().stream().map(AliveScenario::name), Stream.of(ALL_NAME)).iterator();
  }
}
