// SPDX-License-Identifier: MIT
package io.minilibuv.bench;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often everything is done, and on how much.
 *
 * @param warmUps how many rounds of each are not counted
 * @param rounds how many are
 * @param megabytes how large the large file is
 * @param files how many the tree has
 */
record Plan(int warmUps, int rounds, int megabytes, int files) {
  /** The size of the large file that results are told of. */
  static final int MEGABYTES = 1024;

  /** The files of the tree that results are told of. */
  static final int FILES = 20_000;

  /** Quartiles of fewer rounds than these tell nothing. */
  static final int ENOUGH = 7;

  /** Whether nobody should judge by what comes of it. */
  boolean isShort() {
    return rounds < ENOUGH;
  }

  /** What the report tells of it. */
  Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("rounds", rounds + (isShort() ? ", fewer than can be judged by" : ""));
    facts.put("rounds before, not counted", String.valueOf(warmUps));
    facts.put("large file", megabytes + " MiB");
    facts.put("tree", files + " files");
    return facts;
  }
}
