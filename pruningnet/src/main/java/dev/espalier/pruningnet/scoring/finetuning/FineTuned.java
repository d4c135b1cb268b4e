package dev.espalier.pruningnet.scoring.finetuning;

import dev.espalier.pruningnet.scoring.Answers;
import dev.espalier.search.space.Structure;

/**
 * A structure after fine-tuning.
 *
 * @param structure which one
 * @param selection answers about the images that choose structures
 * @param confirmation answers about images that never choose
 * @param test answers about the images that are published
 */
public record FineTuned(
    Structure structure, Answers selection, Answers confirmation, Answers test) {}
