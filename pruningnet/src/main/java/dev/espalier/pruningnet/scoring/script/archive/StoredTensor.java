package dev.espalier.pruningnet.scoring.script.archive;

/**
 * A tensor of float32 that an instance holds. Its arrays are not copied.
 *
 * @param name of the attribute
 * @param shape of its axes
 * @param values in row-major order
 */
public record StoredTensor(String name, long[] shape, float[] values) {}
