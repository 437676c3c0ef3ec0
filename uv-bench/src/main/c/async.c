/* SPDX-License-Identifier: MIT */

/* Wake-ups of a loop by uv_async_send(). */

#include "uvbench.h"

#include <stdatomic.h>
#include <stdlib.h>

static unsigned n;


/* ping-pong: how long it takes to wake a loop that sleeps on another thread.
 * One wake-up is under way at any time, from one loop to the other and back.
 * After libuv's benchmark-async.c (async1); the other thread and its loop last
 * as long as the process, asleep between the rounds.
 */
typedef struct {
  uv_async_t async;
  unsigned seen;
} player_t;

static player_t here;
static player_t there;
static uv_loop_t there_loop;
static uv_thread_t there_thread;
static atomic_bool leaving;


static void here_cb(uv_async_t* handle) {
  if (++here.seen < n)
    OK(uv_async_send(&there.async));
  else
    uv_stop(handle->loop);
}


static void there_cb(uv_async_t* handle) {
  if (leaving) {
    uv_close((uv_handle_t*) handle, NULL);
    return;
  }
  there.seen++;
  OK(uv_async_send(&here.async));
}


static void there_main(void* arg) {
  (void) arg;
  OK(uv_run(&there_loop, UV_RUN_DEFAULT));
}


static void ping_pong_setup(void) {
  n = opt_count("n", 100000);
  OK(uv_loop_init(&there_loop));
  OK(uv_async_init(&loop, &here.async, here_cb));
  OK(uv_async_init(&there_loop, &there.async, there_cb));
  OK(uv_thread_create(&there_thread, there_main, NULL));
}


static uint64_t ping_pong_round(void) {
  here.seen = 0;
  there.seen = 0;

  clock_start();
  OK(uv_async_send(&there.async));
  CHECK(0 != uv_run(&loop, UV_RUN_DEFAULT));
  clock_stop();

  CHECK(here.seen == n);
  CHECK(there.seen == n);
  return (uint64_t) here.seen + there.seen;
}


static void ping_pong_teardown(void) {
  leaving = 1;
  OK(uv_async_send(&there.async));
  OK(uv_thread_join(&there_thread));
  OK(uv_loop_close(&there_loop));
}


const row_t ping_pong = {
  "ping-pong", ping_pong_setup, ping_pong_round, ping_pong_teardown,
};


/* send-dispatch: the same path without a second thread: one send, one
 * iteration, one callback. libuv has no benchmark for it alone.
 */
static uv_async_t async;
static unsigned callbacks;


static void count_cb(uv_async_t* handle) {
  (void) handle;
  callbacks++;
}


static void send_dispatch_setup(void) {
  n = opt_count("n", 200000);
  OK(uv_async_init(&loop, &async, count_cb));
}


static uint64_t send_dispatch_round(void) {
  unsigned i;

  callbacks = 0;

  clock_start();
  for (i = 1; i <= n; i++) {
    OK(uv_async_send(&async));
    CHECK(0 != uv_run(&loop, UV_RUN_ONCE));
    CHECK(callbacks == i);
  }
  clock_stop();

  return callbacks;
}


const row_t send_dispatch = {
  "send-dispatch", send_dispatch_setup, send_dispatch_round, NULL,
};


/* pummel: how fast a loop can take wake-ups of one handle while other threads
 * send as fast as they can; sends in between are coalesced. After libuv's
 * benchmark-async-pummel.c.
 */
static unsigned senders;
static uv_thread_t* sender_threads;
static atomic_bool sending;
static uv_sem_t gate;


/* The threads are there before the clock runs and end after it: they wait for
 * open_gate(). So do those of the other contenders.
 */
static void start_senders(void (*entry)(void*)) {
  unsigned i;

  atomic_store(&sending, 1);
  for (i = 0; i < senders; i++)
    OK(uv_thread_create(&sender_threads[i], entry, NULL));
}


static void open_gate(void) {
  unsigned i;

  for (i = 0; i < senders; i++)
    uv_sem_post(&gate);
}


static void join_senders(void) {
  unsigned i;

  for (i = 0; i < senders; i++)
    OK(uv_thread_join(&sender_threads[i]));
}


static void make_senders(unsigned count) {
  senders = count;
  sender_threads = get_memory(senders, sizeof(sender_threads[0]));
  OK(uv_sem_init(&gate, 0));
}


static void free_senders(void) {
  uv_sem_destroy(&gate);
  free(sender_threads);
}


static void pummel_cb(uv_async_t* handle) {
  if (++callbacks == n) {
    atomic_store(&sending, 0);
    uv_stop(handle->loop);
  }
}


static void pummel_main(void* arg) {
  (void) arg;
  uv_sem_wait(&gate);
  while (atomic_load_explicit(&sending, memory_order_relaxed))
    OK(uv_async_send(&async));
}


static void pummel_setup(void) {
  n = opt_count("n", 1000000);
  make_senders(opt_count("senders", 1));
  OK(uv_async_init(&loop, &async, pummel_cb));
}


static uint64_t pummel_round(void) {
  uint64_t work;

  callbacks = 0;
  start_senders(pummel_main);

  clock_start();
  open_gate();
  CHECK(0 != uv_run(&loop, UV_RUN_DEFAULT));
  clock_stop();

  work = callbacks;
  CHECK(work == n);
  join_senders();
  CHECK(0 != uv_run(&loop, UV_RUN_NOWAIT)); /* for what was sent meanwhile */
  CHECK(callbacks - work <= 1);
  return work;
}


const row_t pummel = {
  "pummel", pummel_setup, pummel_round, free_senders,
};


/* million-async: wake-ups of very many handles at random, for a fixed time.
 * After libuv's benchmark-million-async.c; the handles last as long as the
 * process.
 */
static unsigned ms;
static unsigned handles;
static uv_async_t* asyncs;
static uv_timer_t timer;
static uint64_t sent;


static void time_is_up(uv_timer_t* handle) {
  atomic_store(&sending, 0);
  uv_stop(handle->loop);
}


static void million_async_main(void* arg) {
  unsigned state = 0;
  uint64_t count = 0;

  (void) arg;
  uv_sem_wait(&gate);
  while (atomic_load_explicit(&sending, memory_order_relaxed)) {
    OK(uv_async_send(&asyncs[fast_random(&state) % handles]));
    count++;
  }
  sent = count;
}


static void million_async_setup(void) {
  unsigned i;

  handles = opt_count("handles", 1024 * 1024);
  ms = opt_count("ms", 500);
  make_senders(1);
  asyncs = get_memory(handles, sizeof(asyncs[0]));
  for (i = 0; i < handles; i++)
    OK(uv_async_init(&loop, &asyncs[i], count_cb));
  OK(uv_timer_init(&loop, &timer));
}


static uint64_t million_async_round(void) {
  uint64_t work;

  callbacks = 0;
  uv_update_time(&loop); /* it stood still between the rounds */
  OK(uv_timer_start(&timer, time_is_up, ms, 0));
  start_senders(million_async_main);

  clock_start();
  open_gate();
  CHECK(0 != uv_run(&loop, UV_RUN_DEFAULT));
  clock_stop();

  work = callbacks;
  join_senders();
  CHECK(0 != uv_run(&loop, UV_RUN_NOWAIT)); /* for what was sent meanwhile */
  CHECK(0 < work && work <= callbacks && callbacks <= sent);
  return work;
}


static void million_async_teardown(void) {
  free_senders();
  free(asyncs);
}


const row_t million_async = {
  "million-async",
  million_async_setup,
  million_async_round,
  million_async_teardown,
};
