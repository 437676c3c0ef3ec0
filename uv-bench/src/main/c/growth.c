/* SPDX-License-Identifier: MIT */

/* What an operation costs when very many other handles are open. libuv has no
 * benchmarks for these.
 */

#include "uvbench.h"

#include <stdlib.h>
#include <sys/resource.h>
#include <unistd.h>

static unsigned n;
static unsigned callbacks;


/* idle-async: `handles` async handles are open, `active` of them, evenly
 * spread, are sent to: a step is a send to each, and the loop runs until all
 * their callbacks have come.
 */
static unsigned handles;
static unsigned active;
static uv_async_t* asyncs;


static void async_cb(uv_async_t* handle) {
  (void) handle;
  callbacks++;
}


static void idle_async_setup(void) {
  unsigned i;

  handles = opt_count("handles", 1024);
  active = opt_count("active", 16);
  n = opt_count("n", 100000);
  if (active > handles)
    active = handles;
  if (active > n)
    fail("active=%u is more than n=%u", active, n);
  asyncs = get_memory(handles, sizeof(asyncs[0]));
  for (i = 0; i < handles; i++)
    OK(uv_async_init(&loop, &asyncs[i], async_cb));
}


static uint64_t idle_async_round(void) {
  unsigned stride = handles / active;
  unsigned steps = n / active;
  unsigned step;
  unsigned i;

  callbacks = 0;

  clock_start();
  for (step = 1; step <= steps; step++) {
    for (i = 0; i < active; i++)
      OK(uv_async_send(&asyncs[i * stride]));
    while (callbacks < step * active)
      CHECK(0 != uv_run(&loop, UV_RUN_ONCE));
  }
  clock_stop();

  CHECK(callbacks == steps * active);
  return callbacks;
}


static void idle_async_teardown(void) {
  free(asyncs);
}


const row_t idle_async = {
  "idle-async", idle_async_setup, idle_async_round, idle_async_teardown,
};


/* watchers: `watchers` poll handles watch the reading ends of pipes. A byte is
 * written to one of them at random, and the loop runs until that one's
 * callback has read it.
 */
typedef struct {
  uv_poll_t poll;
  uv_file fds[2];
} watcher_t;

static unsigned count;
static watcher_t* all;


static void poll_cb(uv_poll_t* handle, int status, int events) {
  watcher_t* watcher = (watcher_t*) handle;
  char byte;

  OK(status);
  CHECK(events == UV_READABLE);
  CHECK(1 == read(watcher->fds[0], &byte, 1));
  callbacks++;
}


/* As many descriptors as the system lets us have; a JVM does the same. */
static void raise_descriptor_limit(void) {
  struct rlimit limit;

  CHECK(0 == getrlimit(RLIMIT_NOFILE, &limit));
  limit.rlim_cur = limit.rlim_max;
  CHECK(0 == setrlimit(RLIMIT_NOFILE, &limit));
}


static void watchers_setup(void) {
  unsigned i;

  count = opt_count("watchers", 100);
  n = opt_count("n", 20000);
  raise_descriptor_limit();
  all = get_memory(count, sizeof(all[0]));
  for (i = 0; i < count; i++) {
    OK(uv_pipe(all[i].fds, UV_NONBLOCK_PIPE, 0));
    OK(uv_poll_init(&loop, &all[i].poll, all[i].fds[0]));
    OK(uv_poll_start(&all[i].poll, UV_READABLE, poll_cb));
  }
}


static uint64_t watchers_round(void) {
  unsigned state = 0;
  unsigned i;

  callbacks = 0;

  clock_start();
  for (i = 1; i <= n; i++) {
    CHECK(1 == write(all[fast_random(&state) % count].fds[1], "x", 1));
    while (callbacks < i)
      CHECK(0 != uv_run(&loop, UV_RUN_ONCE));
  }
  clock_stop();

  CHECK(callbacks == n);
  return callbacks;
}


static void watchers_teardown(void) {
  unsigned i;

  for (i = 0; i < count; i++) {
    CHECK(0 == close(all[i].fds[0]));
    CHECK(0 == close(all[i].fds[1]));
  }
  free(all);
}


const row_t watchers = {
  "watchers", watchers_setup, watchers_round, watchers_teardown,
};
