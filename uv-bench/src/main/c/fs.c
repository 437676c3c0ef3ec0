/* SPDX-License-Identifier: MIT */

/* Requests about one file, which is in the page cache. */

#include "uvbench.h"

#include <stdlib.h>

static unsigned n;
static const char* path;


static uint64_t size_of(const char* file) {
  uv_fs_t req;
  uint64_t size;

  fs_ok("stat", file, uv_fs_stat(NULL, &req, file, NULL));
  size = req.statbuf.st_size;
  uv_fs_req_cleanup(&req);
  return size;
}


static uv_file open_file(void) {
  uv_fs_t req;
  ssize_t fd;

  fd = fs_ok("open",
             path,
             uv_fs_open(NULL, &req, path, UV_FS_O_RDONLY, 0, NULL));
  uv_fs_req_cleanup(&req);
  return (uv_file) fd;
}


static void close_file(uv_file fd) {
  uv_fs_t req;

  fs_ok("close", path, uv_fs_close(NULL, &req, fd, NULL));
  uv_fs_req_cleanup(&req);
}


/* stat-sync: what libuv adds to a stat() on the calling thread. After libuv's
 * benchmark-fs-stat.c, its synchronous half.
 */
static void stat_sync_setup(void) {
  n = opt_count("n", 100000);
  path = opt_path("path");
  size_of(path);
}


static uint64_t stat_sync_round(void) {
  unsigned i;
  uv_fs_t req;

  clock_start();
  for (i = 0; i < n; i++) {
    fs_ok("stat", path, uv_fs_stat(NULL, &req, path, NULL));
    uv_fs_req_cleanup(&req);
  }
  clock_stop();

  return i;
}


const row_t stat_sync = {"stat-sync", stat_sync_setup, stat_sync_round, NULL};


/* stat-async: the same by the pool, with `flight` requests under way. After
 * libuv's benchmark-fs-stat.c, its asynchronous half.
 */
static unsigned flight;
static unsigned begun;
static unsigned done;
static uv_fs_t* reqs;


static void stat_cb(uv_fs_t* req) {
  fs_ok("stat", path, req->result);
  uv_fs_req_cleanup(req);
  done++;
  if (begun < n) {
    begun++;
    OK(uv_fs_stat(&loop, req, path, stat_cb));
  }
}


static void stat_async_setup(void) {
  n = opt_count("n", 100000);
  flight = opt_count("flight", 4);
  path = opt_path("path");
  reqs = get_memory(flight, sizeof(reqs[0]));

  /* The first request starts the threads of the pool; no other follows it. */
  begun = n;
  OK(uv_fs_stat(&loop, &reqs[0], path, stat_cb));
  OK(uv_run(&loop, UV_RUN_DEFAULT));
}


static uint64_t stat_async_round(void) {
  done = 0;

  clock_start();
  for (begun = 0; begun < flight && begun < n; begun++)
    OK(uv_fs_stat(&loop, &reqs[begun], path, stat_cb));
  OK(uv_run(&loop, UV_RUN_DEFAULT));
  clock_stop();

  CHECK(begun == n);
  CHECK(done == n);
  return done;
}


static void stat_async_teardown(void) {
  free(reqs);
}


const row_t stat_async = {
  "stat-async", stat_async_setup, stat_async_round, stat_async_teardown,
};


/* read-sync: a pread() of `size` bytes at 0 into one buffer. libuv has no
 * benchmark for it.
 */
static uv_file file;
static uv_buf_t buf;


static void read_sync_setup(void) {
  n = opt_count("n", 100000);
  buf.len = opt_count("size", 4096);
  path = opt_path("path");
  buf.base = get_memory(buf.len, 1);
  file = open_file();
  if (size_of(path) < buf.len)
    fail("%s has less than %zu bytes", path, buf.len);
}


static uint64_t read_sync_round(void) {
  unsigned i;
  uv_fs_t req;
  ssize_t r;

  clock_start();
  for (i = 0; i < n; i++) {
    r = fs_ok("read", path, uv_fs_read(NULL, &req, file, &buf, 1, 0, NULL));
    CHECK((size_t) r == buf.len);
    uv_fs_req_cleanup(&req);
  }
  clock_stop();

  return i;
}


static void read_sync_teardown(void) {
  close_file(file);
  free(buf.base);
}


const row_t read_sync = {
  "read-sync", read_sync_setup, read_sync_round, read_sync_teardown,
};


/* open-close: an open() for reading and a close(), as one operation. libuv has
 * no benchmark for it.
 */
static void open_close_setup(void) {
  n = opt_count("n", 50000);
  path = opt_path("path");
  close_file(open_file());
}


static uint64_t open_close_round(void) {
  unsigned i;

  clock_start();
  for (i = 0; i < n; i++)
    close_file(open_file());
  clock_stop();

  return i;
}


const row_t open_close = {
  "open-close", open_close_setup, open_close_round, NULL,
};


/* copy-file: uv_fs_copyfile() on the pool, from its call to its callback.
 * libuv has no benchmark for it.
 */
static const char* to;


static void copy_cb(uv_fs_t* req) {
  fs_ok("copyfile to", to, req->result);
  uv_fs_req_cleanup(req);
  done++;
}


static void unlink_to(void) {
  uv_fs_t req;
  int r = uv_fs_unlink(NULL, &req, to, NULL);

  if (r != UV_ENOENT)
    fs_ok("unlink", to, r);
  uv_fs_req_cleanup(&req);
}


static void copy_file_setup(void) {
  uv_fs_t req;

  path = opt_path("path");
  to = opt_path("to");

  /* The first request starts the threads of the pool. */
  OK(uv_fs_stat(&loop, &req, path, stat_cb));
  OK(uv_run(&loop, UV_RUN_DEFAULT));
}


static uint64_t copy_file_round(void) {
  uv_fs_t req;

  unlink_to();
  done = 0;

  clock_start();
  OK(uv_fs_copyfile(&loop, &req, path, to, 0, copy_cb));
  OK(uv_run(&loop, UV_RUN_DEFAULT));
  clock_stop();

  CHECK(done == 1);
  CHECK(size_of(to) == size_of(path));
  return done;
}


const row_t copy_file = {"copy-file", copy_file_setup, copy_file_round, NULL};
