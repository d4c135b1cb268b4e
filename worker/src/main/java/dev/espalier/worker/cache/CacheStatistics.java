package dev.espalier.worker.cache;

/**
 * What a member of the cache holds and has done.
 *
 * @param owned entries that it answers for
 * @param backups copies of entries that other members answer for
 * @param bytes memory that all of them take
 * @param limit bytes from which on the least recently used ones go
 * @param hits entries that it has given out
 * @param evictions entries that had to go
 * @param members members of its cluster, itself too
 */
public record CacheStatistics(
    long owned, long backups, long bytes, long limit, long hits, long evictions, int members) {}
