/* SPDX-License-Identifier: MIT */

#ifndef UVBENCH_H
#define UVBENCH_H

#include <stddef.h>
#include <stdint.h>
#include <uv.h>

/* A row of the table of benchmarks. `setup` and `teardown` come once in a
 * process, `round` as often as the harness asks for it. A round brackets its
 * measured part with clock_start() and clock_stop(), and returns the number of
 * operations done between the two. Before `teardown`, which may be NULL, all
 * handles of `loop` have been closed.
 */
typedef struct {
  const char* name;
  void (*setup)(void);
  uint64_t (*round)(void);
  void (*teardown)(void);
} row_t;

extern const row_t ping_pong, send_dispatch, pummel, million_async;
extern const row_t work_queue;
extern const row_t loop_tick;
extern const row_t timers;
extern const row_t stat_sync, stat_async, read_sync, open_close, copy_file;
extern const row_t copy_tree, keep_tree;
extern const row_t idle_async, watchers;

/* The loop of the main thread. */
extern uv_loop_t loop;

void clock_start(void);
void clock_stop(void);

/* The value of KEY=VALUE on the command line: a count from 1 to INT_MAX, or a
 * path, which has no default. To be asked for in `setup`, once.
 */
unsigned opt_count(const char* key, unsigned otherwise);
const char* opt_path(const char* key);

/* Prints `failed TEXT` for the harness and ends the process. */
_Noreturn void fail(const char* format, ...)
    __attribute__((format(printf, 1, 2)));

#define CHECK(condition)                                                      \
  do {                                                                        \
    if (!(condition))                                                         \
      fail("%s:%d: %s", __FILE__, __LINE__, #condition);                      \
  } while (0)

/* A call into libuv that has to return 0. */
#define OK(call)                                                              \
  do {                                                                        \
    int ok_r = (call);                                                        \
    if (ok_r != 0)                                                            \
      fail("%s:%d: %s: %s", __FILE__, __LINE__, #call, uv_err_name(ok_r));    \
  } while (0)

/* The result of a file system request, which must not be an error. */
static inline ssize_t fs_ok(const char* what, const char* path, ssize_t r) {
  if (r < 0)
    fail("%s %s: %s", what, path, uv_err_name((int) r));
  return r;
}

/* Zeroed memory; running out of it is a failure. */
void* get_memory(size_t count, size_t size);

/* The generator of libuv's benchmarks. All contenders use it, from state 0 in
 * each round, so that all touch the same handles in the same order.
 */
static inline unsigned fast_random(unsigned* state) {
  return *state = *state * 214013 + 2531011;
}

#endif
