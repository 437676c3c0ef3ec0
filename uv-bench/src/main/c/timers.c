/* SPDX-License-Identifier: MIT */

#include "uvbench.h"

#include <stdlib.h>

/* timers: the whole life of very many timers: all are started, a thousand for
 * each millisecond from now on; all fire; all are closed. After libuv's
 * benchmark-million-timers.c. The last one is due after n / 1000 ms, and no
 * round is shorter than that: the processor time tells what the timers cost.
 * With `times`, all of it is done so often in a round: few timers alone take
 * too little to be told.
 */
static unsigned n;
static unsigned times;
static unsigned fired;
static unsigned closed;
static uv_timer_t* handles;


static void timer_cb(uv_timer_t* handle) {
  (void) handle;
  fired++;
}


static void close_cb(uv_handle_t* handle) {
  (void) handle;
  closed++;
}


static void timers_setup(void) {
  n = opt_count("n", 1000000);
  times = opt_count("times", 1);
  handles = get_memory(n, sizeof(handles[0]));
}


static void lives(void) {
  unsigned i;

  for (i = 0; i < n; i++) {
    OK(uv_timer_init(&loop, &handles[i]));
    OK(uv_timer_start(&handles[i], timer_cb, i / 1000, 0));
  }
  OK(uv_run(&loop, UV_RUN_DEFAULT));
  for (i = 0; i < n; i++)
    uv_close((uv_handle_t*) &handles[i], close_cb);
  OK(uv_run(&loop, UV_RUN_DEFAULT));
}


static uint64_t timers_round(void) {
  unsigned i;

  fired = 0;
  closed = 0;
  uv_update_time(&loop); /* it stood still between the rounds */

  clock_start();
  for (i = 0; i < times; i++)
    lives();
  clock_stop();

  CHECK(fired == times * n);
  CHECK(closed == times * n);
  return fired;
}


static void timers_teardown(void) {
  free(handles);
}


const row_t timers = {"timers", timers_setup, timers_round, timers_teardown};
