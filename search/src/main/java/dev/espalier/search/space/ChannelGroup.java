package dev.espalier.search.space;

/**
 * Channels that can only be pruned together, because an add, a depthwise convolution or a
 * pass-through layer ties the outputs of several layers.
 *
 * @param id index of the group within its space
 * @param name name of the first node that produces it
 * @param channels its width in the base network
 * @param unit every width must be a multiple of this: more than 1 where a grouped convolution reads
 *     or writes the channels
 * @param fixed whether it must keep its full width: the image, the class scores, and channels tied
 *     in a way that dropping the last ones cannot honour
 * @param residual whether an add ties it
 */
public record ChannelGroup(
    int id, String name, int channels, int unit, boolean fixed, boolean residual) {}
