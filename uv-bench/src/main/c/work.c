/* SPDX-License-Identifier: MIT */

#include "uvbench.h"

#include <stdlib.h>

/* work-queue: the way of a work item to a thread of the pool and back to the
 * loop. The work is empty; each item that comes back is queued again, so that
 * `flight` of them are under way. After libuv's benchmark-queue-work.c, which
 * has one under way.
 */
static unsigned n;
static unsigned flight;
static unsigned queued;
static unsigned done;
static uv_work_t* reqs;


static void work_cb(uv_work_t* req) {
  (void) req;
}


static void after_work_cb(uv_work_t* req, int status) {
  OK(status);
  done++;
  if (queued < n) {
    queued++;
    OK(uv_queue_work(&loop, req, work_cb, after_work_cb));
  }
}


static void work_queue_setup(void) {
  n = opt_count("n", 100000);
  flight = opt_count("flight", 64);
  reqs = get_memory(flight, sizeof(reqs[0]));

  /* The first item starts the threads of the pool; no other follows it. */
  queued = n;
  OK(uv_queue_work(&loop, &reqs[0], work_cb, after_work_cb));
  OK(uv_run(&loop, UV_RUN_DEFAULT));
}


static uint64_t work_queue_round(void) {
  done = 0;

  clock_start();
  for (queued = 0; queued < flight && queued < n; queued++)
    OK(uv_queue_work(&loop, &reqs[queued], work_cb, after_work_cb));
  OK(uv_run(&loop, UV_RUN_DEFAULT));
  clock_stop();

  CHECK(queued == n);
  CHECK(done == n);
  return done;
}


static void work_queue_teardown(void) {
  free(reqs);
}


const row_t work_queue = {
  "work-queue", work_queue_setup, work_queue_round, work_queue_teardown,
};
