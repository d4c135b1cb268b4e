package dev.espalier.search.space;

/**
 * A run of channels of one node that belong to one group. A node has one segment, or several behind
 * a concat.
 *
 * @param group id of the {@link ChannelGroup}
 * @param repeat values per channel: 1, or height x width behind a flatten
 */
public record Segment(int group, int repeat) {}
