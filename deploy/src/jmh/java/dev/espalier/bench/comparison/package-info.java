/**
 * Compares ways to a sparse network on real images: {@code SparseComparison} trains a set of {@code
 * Contender}s, each on the same {@code Budget}, and prints a {@code Table} of {@code Measured}.
 */
@NullMarked
package dev.espalier.bench.comparison;

import org.jspecify.annotations.NullMarked;
