// SPDX-License-Identifier: MIT
package io.minilibuv.examples.starve;

import io.minilibuv.core.Loop;

/** Where slow jobs can go. */
enum SlowPlace {
  /** To the threads that everything else needs too. */
  ONE_POOL("one pool") {
    @Override
    SlowJobs open(Loop loop, int threads) {
      return SlowJobs.inPoolOf(loop);
    }
  },

  /** To as many threads of their own. */
  OWN_POOL("a pool of their own") {
    @Override
    SlowJobs open(Loop loop, int threads) {
      return SlowJobs.inPoolOfTheirOwn(loop, threads);
    }
  },

  /** To half of the threads, at most. */
  SLOW_LANE("the slow lane") {
    @Override
    SlowJobs open(Loop loop, int threads) {
      return SlowJobs.inSlowLaneOf(loop);
    }
  };

  private final String title;

  SlowPlace(String title) {
    this.title = title;
  }

  /** Makes the place, for jobs that {@code loop} queues. */
  abstract SlowJobs open(Loop loop, int threads);

  String title() {
    return title;
  }
}
