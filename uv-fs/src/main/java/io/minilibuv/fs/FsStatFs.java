// SPDX-License-Identifier: MIT
package io.minilibuv.fs;

/**
 * What is known of a file system ({@code uv_statfs_t}, include/uv.h). What is not known is 0.
 *
 * @param type what kind it is: the system's number, such as 0xEF53 for ext4
 * @param bsize bytes of a block, which is what is good to transfer at once
 * @param frsize bytes of the unit that the next three count
 * @param blocks how big it is
 * @param bfree how much is free
 * @param bavail how much is free for who is not root
 * @param files how many files there can be
 * @param ffree how many more
 */
public record FsStatFs(
    long type,
    long bsize,
    long frsize,
    long blocks,
    long bfree,
    long bavail,
    long files,
    long ffree) {}
