// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

/**
 * An open directory ({@code uv_dir_t}): made by {@code opendir}, read by {@code readdir}, and given
 * back by {@code closedir}. It is open until then, whatever becomes of it.
 *
 * <p>What is in it is the backend's that made it, and no other backend takes it (EINVAL). Two
 * {@code readdir} at once are done one after the other.
 *
 * <p>Differs from C: the number of entries to read is an argument of {@code readdir}.
 */
public interface FsDir {}
