package dev.espalier.worker.request;

/**
 * The digests that say what a score was measured with. Two scores may share a cache entry only if
 * all of them are equal.
 *
 * @param network digest of the base network and of the values its genes stand for
 * @param weights digest of the weight provider, e.g. of the trained PruningNet
 * @param dataset digest of the packed images and of how they are divided into splits
 * @param protocol digest of the evaluation protocol: images, batch size, memory format
 * @param evaluator version of the code that evaluates
 */
public record ScoreInputs(
    String network, String weights, String dataset, String protocol, String evaluator) {}
