// SPDX-License-Identifier: MIT
package io.minilibuv.threadpool;

/**
 * What a pool has to do, and who is there to do it, at one moment.
 *
 * @param threads how many workers there are; 0 before the pool has started
 * @param idle how many of them wait for work
 * @param queued how many requests wait for a worker, slow ones not counted
 * @param slowQueued how many {@link WorkKind#SLOW_IO} requests wait for a worker
 * @param slowRunning how many {@link WorkKind#SLOW_IO} requests are being worked on
 */
public record PoolState(int threads, int idle, int queued, int slowQueued, int slowRunning) {}
