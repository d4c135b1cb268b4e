package dev.espalier.search.latency;

/**
 * One thing that takes time: an operation at its widths.
 *
 * @param operation what is done
 * @param in channels read, whole blocks where they lie in blocks
 * @param out channels written, likewise
 */
public record Kernel(Operation operation, int in, int out) {}
