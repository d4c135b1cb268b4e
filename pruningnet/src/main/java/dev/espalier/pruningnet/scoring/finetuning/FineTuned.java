package dev.espalier.pruningnet.scoring.finetuning;

import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.search.space.Structure;

/**
 * A structure after fine-tuning.
 *
 * @param structure which one
 * @param selection score on the images that choose structures
 * @param confirmation score on images that never choose
 * @param test score on the images that are published
 */
public record FineTuned(
    Structure structure, ShardScore selection, ShardScore confirmation, ShardScore test) {}
