/* SPDX-License-Identifier: MIT */

/* The protocol with the harness: `ready` after the set-up; for each line
 * `round` one round and `done WORK WALL_NS CPU_NS`; for the end of input
 * `bye PEAK_RSS_KB`. Between rounds the process sleeps in a read.
 */

#include "uvbench.h"

#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

static const row_t* const rows[] = {
  &ping_pong, &send_dispatch, &pummel, &million_async, &work_queue,
  &loop_tick, &timers, &stat_sync, &stat_async, &read_sync, &open_close,
  &copy_file, &copy_tree, &keep_tree, &idle_async, &watchers,
};

uv_loop_t loop;

static char** options; /* KEY=VALUE, up to NULL; those read are "" */
static uint64_t wall;
static uint64_t cpu;


void fail(const char* format, ...) {
  va_list args;

  va_start(args, format);
  fputs("failed ", stdout);
  vprintf(format, args);
  putchar('\n');
  va_end(args);
  fflush(stdout);
  _exit(1); /* the other threads may be anywhere */
}


void* get_memory(size_t count, size_t size) {
  void* memory = calloc(count, size);

  if (memory == NULL)
    fail("no memory for %zu * %zu bytes", count, size);
  return memory;
}


static uint64_t now(clockid_t clock) {
  struct timespec t;

  CHECK(0 == clock_gettime(clock, &t));
  return (uint64_t) t.tv_sec * 1000000000 + (uint64_t) t.tv_nsec;
}


void clock_start(void) {
  cpu = now(CLOCK_PROCESS_CPUTIME_ID);
  wall = now(CLOCK_MONOTONIC);
}


void clock_stop(void) {
  wall = now(CLOCK_MONOTONIC) - wall;
  cpu = now(CLOCK_PROCESS_CPUTIME_ID) - cpu;
}


static const char* opt(const char* key) {
  size_t length = strlen(key);
  char** option;
  char* value;

  for (option = options; *option != NULL; option++) {
    if (0 == strncmp(*option, key, length) && (*option)[length] == '=') {
      value = *option + length + 1;
      *option = "";
      return value;
    }
  }
  return NULL;
}


unsigned opt_count(const char* key, unsigned otherwise) {
  const char* value = opt(key);
  unsigned long count;
  char* end;

  if (value == NULL)
    return otherwise;
  count = strtoul(value, &end, 10);
  if (*value < '0' || *value > '9' || *end || count < 1 || count > INT_MAX)
    fail("%s=%s: not a count from 1 to %d", key, value, INT_MAX);
  return (unsigned) count;
}


const char* opt_path(const char* key) {
  const char* value = opt(key);

  if (value == NULL || *value == '\0')
    fail("%s=PATH is missing", key);
  return value;
}


static void check_options_are_read(void) {
  char** option;

  for (option = options; *option != NULL; option++)
    if (**option != '\0')
      fail("%s: unknown or given twice", *option);
}


static const row_t* find_row(const char* name) {
  size_t i;

  for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
    if (0 == strcmp(rows[i]->name, name))
      return rows[i];
  fail("%s: no such row", name);
}


/* The most memory that was ever resident, in kB. On Linux ru_maxrss will not
 * do: it outlives exec, and so is at least what the process that started this
 * one had resident.
 */
static long peak_rss_kb(void) {
#ifdef __linux__
  char line[256];
  long kb = -1;
  FILE* status = fopen("/proc/self/status", "r");

  CHECK(status != NULL);
  while (kb == -1 && fgets(line, sizeof(line), status) != NULL)
    sscanf(line, "VmHWM: %ld kB", &kb);
  CHECK(kb != -1);
  fclose(status);
  return kb;
#else
  struct rusage usage;

  CHECK(0 == getrusage(RUSAGE_SELF, &usage));
#ifdef __APPLE__
  return usage.ru_maxrss / 1024;
#else
  return usage.ru_maxrss;
#endif
#endif
}


static void close_handle(uv_handle_t* handle, void* arg) {
  (void) arg;
  uv_close(handle, NULL);
}


static void do_round(const row_t* row) {
  unsigned long long work = row->round();

  printf("done %llu %llu %llu\n",
         work,
         (unsigned long long) wall,
         (unsigned long long) cpu);
  fflush(stdout);
}


/* What one handle and one request take, as the harness knows them. A timer is
 * as large when it is started.
 */
static int print_sizes(void) {
  printf("size timer %zu\n", uv_handle_size(UV_TIMER));
  printf("size started-timer %zu\n", uv_handle_size(UV_TIMER));
  printf("size async %zu\n", uv_handle_size(UV_ASYNC));
  printf("size work %zu\n", uv_req_size(UV_WORK));
  printf("size fs %zu\n", uv_req_size(UV_FS));
  return 0;
}


static void hello_cb(uv_timer_t* handle) {
  puts("hello");
  uv_close((uv_handle_t*) handle, NULL);
}


/* The least that a program does with a loop. */
static int hello(void) {
  uv_timer_t timer;

  OK(uv_loop_init(&loop));
  OK(uv_timer_init(&loop, &timer));
  OK(uv_timer_start(&timer, hello_cb, 0, 0));
  OK(uv_run(&loop, UV_RUN_DEFAULT));
  OK(uv_loop_close(&loop));
  return 0;
}


int main(int argc, char** argv) {
  const row_t* row;
  char line[64];

  if (argc < 2)
    fail("usage: uvbench ROW [KEY=VALUE...] | sizes | hello | version");
  if (0 == strcmp(argv[1], "sizes"))
    return print_sizes();
  if (0 == strcmp(argv[1], "hello"))
    return hello();
  if (0 == strcmp(argv[1], "version"))
    return puts(uv_version_string()) < 0; /* of the library, not the header */
  options = argv + 2;
  row = find_row(argv[1]);

  CHECK(0 == setenv("UV_THREADPOOL_SIZE", "4", 1));
  OK(uv_loop_init(&loop));
  row->setup();
  check_options_are_read();
  puts("ready");
  fflush(stdout);

  while (fgets(line, sizeof(line), stdin) != NULL) {
    if (0 != strcmp(line, "round\n"))
      fail("not a command: %.*s", (int) strcspn(line, "\n"), line);
    do_round(row);
  }

  uv_walk(&loop, close_handle, NULL);
  OK(uv_run(&loop, UV_RUN_DEFAULT));
  if (row->teardown != NULL)
    row->teardown();
  OK(uv_loop_close(&loop));
  uv_library_shutdown();
  printf("bye %ld\n", peak_rss_kb());
  return 0;
}
