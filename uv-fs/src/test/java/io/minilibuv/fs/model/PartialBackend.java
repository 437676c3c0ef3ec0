// SPDX-License-Identifier: MIT
package io.minilibuv.fs.model;

import io.minilibuv.core.Uv;
import io.minilibuv.fs.FsAnswer;
import io.minilibuv.fs.FsBackend;
import io.minilibuv.fs.FsDir;

/** Everything that the model does not know. */
abstract class PartialBackend implements FsBackend {
  private static UnsupportedOperationException unknown() {
    return new UnsupportedOperationException("the model does not know this");
  }

  @Override
  public String name() {
    return "model";
  }

  @Override
  public long utime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    throw unknown();
  }

  @Override
  public long futime(int fd, Uv.Timespec atime, Uv.Timespec mtime) {
    throw unknown();
  }

  @Override
  public long lutime(String path, Uv.Timespec atime, Uv.Timespec mtime) {
    throw unknown();
  }

  @Override
  public long realpath(String path, FsAnswer answer) {
    throw unknown();
  }

  @Override
  public long mkdtemp(String template, FsAnswer answer) {
    throw unknown();
  }

  @Override
  public long mkstemp(String template, FsAnswer answer) {
    throw unknown();
  }

  @Override
  public long opendir(String path, FsAnswer answer) {
    throw unknown();
  }

  @Override
  public long readdir(FsDir dir, int count, FsAnswer answer) {
    throw unknown();
  }

  @Override
  public long closedir(FsDir dir) {
    throw unknown();
  }

  @Override
  public long statfs(String path, FsAnswer answer) {
    throw unknown();
  }

  @Override
  public long sendfile(int outFd, int inFd, long inOffset, long length) {
    throw unknown();
  }

  @Override
  public long chown(String path, long uid, long gid) {
    throw unknown();
  }

  @Override
  public long fchown(int fd, long uid, long gid) {
    throw unknown();
  }

  @Override
  public long lchown(String path, long uid, long gid) {
    throw unknown();
  }

  @Override
  public long copyfile(String path, String newPath, int flags) {
    throw unknown();
  }
}
