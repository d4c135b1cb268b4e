package dev.espalier.search.space;

/**
 * A run of kept channels of one node of the base network.
 *
 * @param start first kept channel, in the numbering of the base network
 * @param length number of kept channels, at least 1
 */
public record ChannelRange(int start, int length) {}
