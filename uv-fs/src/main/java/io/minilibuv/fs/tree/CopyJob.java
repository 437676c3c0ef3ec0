// SPDX-License-Identifier: MIT
package io.minilibuv.fs.tree;

import io.minilibuv.core.UvError;
import io.minilibuv.fs.FsRequest;
import io.minilibuv.fs.FsStat;
import io.minilibuv.fs.internal.GiveBack;
import org.jspecify.annotations.Nullable;

/**
 * One entry that is copied as a whole: it is made under a temporary name, which then takes the
 * target's place.
 */
abstract class CopyJob extends Job {
  private static final int SET_ID = 06000;

  final TreeCopy copy;
  final String target;

  CopyJob(TreeCopy copy, @Nullable DirectoryJob parent, TreeEntry entry) {
    super(copy, parent, entry);
    this.copy = copy;
    this.target = copy.targetOf(entry);
  }

  /** Whether two stats tell of one file; not known, and so false, where files have no numbers. */
  static boolean isSame(FsStat one, @Nullable FsStat other) {
    return other != null && one.ino() != 0 && one.isSameFileAs(other);
  }

  /** Whether {@link #permissionsFor} needs to know whose the copy is. */
  static boolean hasSetId(FsStat source) {
    return (source.mode() & SET_ID) != 0;
  }

  /** To run as its owner is a right that somebody else's copy must not give. */
  static int permissionsFor(FsStat source, FsStat made) {
    boolean sameOwner = made.uid() == source.uid() && made.gid() == source.gid();
    return sameOwner ? source.permissions() : source.permissions() & ~SET_ID;
  }

  /** The copy is there already: leaves it alone, and ends. */
  final void keep() {
    tree.kept(entry, seen().isRegularFile() ? seen().size() : 0);
    end();
  }

  /**
   * Whether {@code request}, of which nothing depends, was taken back; if so, this job has failed.
   */
  final boolean wasCancelled(FsRequest request, String path) {
    return request.result() == UvError.ECANCELED.code() && failed(request, path);
  }

  /** Removes what is half made, and ends. */
  final void discard(String temporary) {
    GiveBack.unlink(
        loop(),
        temporary,
        error -> {
          if (error != null) {
            tree.failed(error);
          }
          end();
        });
  }
}
