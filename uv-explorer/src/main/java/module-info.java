// SPDX-License-Identifier: MIT

/** Records what a loop does, to be looked at afterwards. */
module io.minilibuv.explorer {
  requires transitive io.minilibuv.core;
  requires static org.jspecify;

  exports io.minilibuv.explorer;
}
