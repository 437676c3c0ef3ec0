/* SPDX-License-Identifier: MIT */

#define _GNU_SOURCE /* nftw() */

#include "uvbench.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* copy-tree: a program that copies a tree with the asynchronous API: mkdir and
 * scandir for a directory, copyfile for a file. `flight` workers have one
 * request each under way; a worker whose request is done takes the next entry
 * of a directory that has been read. libuv has no benchmark for it.
 *
 * keep-tree: the same, but a file is copied step by step, so that it is whole
 * when it gets its name, and has the mode and the times of the source: what
 * FsTrees.copyTree does.
 */
typedef enum { /* in the order in which they are done */
  LOOK, OPEN, LOOK_AGAIN, LOOK_AT_TARGET, CREATE, READ, WRITE, SET_MODE,
  SET_TIMES, CLOSE, CLOSE_SOURCE, RENAME, DONE
} step_t;

static const char* const steps[] = {
  "lstat", "open", "fstat", "lstat the target of", "create the target of",
  "read", "write the target of", "fchmod the target of",
  "futime the target of", "close the target of", "close",
  "rename the target of"
};

typedef struct worker_s {
  uv_fs_t req;
  struct worker_s* next_idle;
  step_t step; /* what the request is about; the rest is of keep-tree alone */
  uv_file in;
  uv_file out;
  int64_t offset;
  uv_stat_t stat;
  uv_buf_t buf;
  char from[PATH_MAX];
  char target[PATH_MAX];
  char temporary[PATH_MAX];
} worker_t;

/* A directory: its scandir request holds the entries not yet taken. */
typedef struct dir_s {
  uv_fs_t scan;
  worker_t* worker;
  struct dir_s* next;
  char below[]; /* its path below the root, "/a/b"; "" is the root */
} dir_t;

typedef struct {
  uint64_t entries;
  uint64_t bytes;
} census_t;

enum { BUFFER = 256 * 1024 };

static const char* path;
static const char* to;
static unsigned flight;
static worker_t* workers;
static worker_t* idle;
static dir_t* dirs;
static uint64_t copied;
static int keeping;
static census_t expected;
static census_t counted;


static void join(char* full, const char* a, const char* b, const char* c) {
  int length = snprintf(full, PATH_MAX, "%s%s%s", a, b, c);

  if (length < 0 || length >= PATH_MAX)
    fail("%s%s%s: %s", a, b, c, uv_err_name(UV_ENAMETOOLONG));
}


static void take_entry(worker_t* worker);


static void scan_cb(uv_fs_t* req) {
  dir_t* dir = req->data;
  worker_t* worker;

  fs_ok("scandir", req->path, req->result);
  dir->next = dirs;
  dirs = dir;
  take_entry(dir->worker);
  while (idle != NULL && dirs != NULL) {
    worker = idle;
    idle = worker->next_idle;
    take_entry(worker);
  }
}


static void mkdir_cb(uv_fs_t* req) {
  dir_t* dir = req->data;
  char from[PATH_MAX];

  fs_ok("mkdir", req->path, req->result);
  uv_fs_req_cleanup(req);
  copied++;
  join(from, path, dir->below, "");
  dir->scan.data = dir;
  OK(uv_fs_scandir(&loop, &dir->scan, from, 0, scan_cb));
}


static void make_dir(worker_t* worker, const char* below) {
  dir_t* dir = get_memory(1, sizeof(*dir) + strlen(below) + 1);
  char target[PATH_MAX];

  strcpy(dir->below, below);
  dir->worker = worker;
  worker->req.data = dir;
  join(target, to, below, "");
  OK(uv_fs_mkdir(&loop, &worker->req, target, 0777, mkdir_cb));
}


static void copy_cb(uv_fs_t* req) {
  fs_ok("copyfile", req->path, req->result);
  uv_fs_req_cleanup(req);
  copied++;
  take_entry((worker_t*) req->data);
}


static void copy(worker_t* worker, const char* below) {
  char from[PATH_MAX];
  char target[PATH_MAX];

  worker->req.data = worker;
  join(from, path, below, "");
  join(target, to, below, "");
  OK(uv_fs_copyfile(&loop, &worker->req, from, target, 0, copy_cb));
}


static void keep_cb(uv_fs_t* req);


static double seconds(uv_timespec_t t) {
  return (double) t.tv_sec + (double) t.tv_nsec / 1e9;
}


static void ask(worker_t* w) {
  uv_fs_t* req = &w->req;
  uv_buf_t buf = w->buf;

  switch (w->step) {
    case LOOK:
      OK(uv_fs_lstat(&loop, req, w->from, keep_cb));
      break;
    case OPEN:
      OK(uv_fs_open(&loop, req, w->from, O_RDONLY | O_NOFOLLOW, 0, keep_cb));
      break;
    case LOOK_AGAIN:
      OK(uv_fs_fstat(&loop, req, w->in, keep_cb));
      break;
    case LOOK_AT_TARGET:
      OK(uv_fs_lstat(&loop, req, w->target, keep_cb));
      break;
    case CREATE:
      OK(uv_fs_open(&loop, req, w->temporary, O_WRONLY | O_CREAT | O_EXCL, 0600,
                    keep_cb));
      break;
    case READ:
      buf.len = BUFFER;
      OK(uv_fs_read(&loop, req, w->in, &buf, 1, w->offset, keep_cb));
      break;
    case WRITE:
      OK(uv_fs_write(&loop, req, w->out, &buf, 1, w->offset, keep_cb));
      break;
    case SET_MODE:
      OK(uv_fs_fchmod(&loop, req, w->out, w->stat.st_mode & 07777, keep_cb));
      break;
    case SET_TIMES:
      OK(uv_fs_futime(&loop, req, w->out, seconds(w->stat.st_atim),
                      seconds(w->stat.st_mtim), keep_cb));
      break;
    case CLOSE:
      OK(uv_fs_close(&loop, req, w->out, keep_cb));
      break;
    case CLOSE_SOURCE:
      OK(uv_fs_close(&loop, req, w->in, keep_cb));
      break;
    case RENAME:
      OK(uv_fs_rename(&loop, req, w->temporary, w->target, keep_cb));
      break;
    case DONE:
      copied++;
      take_entry(w);
      break;
  }
}


static void keep_cb(uv_fs_t* req) {
  worker_t* w = req->data;
  ssize_t r = req->result;

  if (w->step == LOOK_AT_TARGET)
    CHECK(r == UV_ENOENT);
  else
    fs_ok(steps[w->step], w->from, r);
  if (w->step == OPEN)
    w->in = (uv_file) r;
  if (w->step == LOOK_AGAIN)
    w->stat = req->statbuf;
  if (w->step == CREATE)
    w->out = (uv_file) r;
  uv_fs_req_cleanup(req);

  if (w->step == READ) {
    w->buf.len = (size_t) r;
    w->step = r == 0 ? SET_MODE : WRITE;
  } else if (w->step == WRITE) {
    CHECK(r == (ssize_t) w->buf.len);
    w->offset += r;
    w->step = READ;
  } else {
    w->step++;
  }
  ask(w);
}


static void keep(worker_t* w, const char* below) {
  if (w->buf.base == NULL)
    w->buf = uv_buf_init(get_memory(1, BUFFER), BUFFER);
  join(w->from, path, below, "");
  join(w->target, to, below, "");
  join(w->temporary, to, below, "~");
  w->req.data = w;
  w->offset = 0;
  w->step = LOOK;
  ask(w);
}


static void take_entry(worker_t* worker) {
  char below[PATH_MAX];
  uv_dirent_t entry;
  dir_t* dir;
  int r;

  while ((dir = dirs) != NULL) {
    r = uv_fs_scandir_next(&dir->scan, &entry);
    if (r == 0) {
      join(below, dir->below, "/", entry.name);
      if (entry.type == UV_DIRENT_DIR)
        make_dir(worker, below);
      else if (entry.type != UV_DIRENT_FILE)
        fail("%s%s: neither a file nor a directory", path, below);
      else if (keeping)
        keep(worker, below);
      else
        copy(worker, below);
      return;
    }
    CHECK(r == UV_EOF);
    dirs = dir->next;
    uv_fs_req_cleanup(&dir->scan);
    free(dir);
  }
  worker->next_idle = idle;
  idle = worker;
}


static int count_entry(const char* name,
                       const struct stat* s,
                       int type,
                       struct FTW* ftw) {
  (void) name;
  (void) ftw;
  counted.entries++;
  if (type == FTW_F)
    counted.bytes += (uint64_t) s->st_size;
  return 0;
}


static census_t census(const char* root) {
  memset(&counted, 0, sizeof(counted));
  if (0 != nftw(root, count_entry, 16, FTW_PHYS))
    fail("%s: %s", root, uv_err_name(-errno));
  return counted;
}


static int remove_entry(const char* name,
                        const struct stat* s,
                        int type,
                        struct FTW* ftw) {
  (void) s;
  (void) type;
  (void) ftw;
  return remove(name);
}


static void remove_tree(const char* root) {
  if (0 != nftw(root, remove_entry, 16, FTW_DEPTH | FTW_PHYS) &&
      errno != ENOENT)
    fail("remove %s: %s", root, uv_err_name(-errno));
}


static void nothing_cb(uv_fs_t* req) {
  fs_ok("stat", path, req->result);
  uv_fs_req_cleanup(req);
}


static void copy_tree_setup(void) {
  path = opt_path("path");
  to = opt_path("to");
  flight = opt_count("flight", 16);
  workers = get_memory(flight, sizeof(workers[0]));
  expected = census(path);

  /* The first request starts the threads of the pool. */
  OK(uv_fs_stat(&loop, &workers[0].req, path, nothing_cb));
  OK(uv_run(&loop, UV_RUN_DEFAULT));
}


static uint64_t copy_tree_round(void) {
  census_t copy;
  unsigned i;

  remove_tree(to);
  copied = 0;
  idle = NULL;
  for (i = 1; i < flight; i++) {
    workers[i].next_idle = idle;
    idle = &workers[i];
  }

  clock_start();
  make_dir(&workers[0], "");
  OK(uv_run(&loop, UV_RUN_DEFAULT));
  clock_stop();

  copy = census(to);
  CHECK(dirs == NULL);
  CHECK(copied == expected.entries);
  CHECK(copy.entries == expected.entries);
  CHECK(copy.bytes == expected.bytes);
  return copied;
}


static void copy_tree_teardown(void) {
  unsigned i;

  for (i = 0; i < flight; i++)
    free(workers[i].buf.base);
  free(workers);
}


static void keep_tree_setup(void) {
  keeping = 1;
  copy_tree_setup();
}


const row_t copy_tree = {
  "copy-tree", copy_tree_setup, copy_tree_round, copy_tree_teardown,
};

const row_t keep_tree = {
  "keep-tree", keep_tree_setup, copy_tree_round, copy_tree_teardown,
};
