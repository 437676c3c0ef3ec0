/* SPDX-License-Identifier: MIT */

#include "uvbench.h"

/* loop-tick: the price of one iteration of a loop that has nothing to do but
 * to call one idle handle, and so polls without waiting. After libuv's
 * benchmark-loop-count.c (loop_count).
 */
static unsigned n;
static unsigned ticks;
static uv_idle_t idle;


static void idle_cb(uv_idle_t* handle) {
  if (++ticks == n)
    OK(uv_idle_stop(handle));
}


static void loop_tick_setup(void) {
  n = opt_count("n", 1000000);
  OK(uv_idle_init(&loop, &idle));
}


static uint64_t loop_tick_round(void) {
  ticks = 0;
  OK(uv_idle_start(&idle, idle_cb));

  clock_start();
  OK(uv_run(&loop, UV_RUN_DEFAULT));
  clock_stop();

  CHECK(ticks == n);
  return ticks;
}


const row_t loop_tick = {"loop-tick", loop_tick_setup, loop_tick_round, NULL};
