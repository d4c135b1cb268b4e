/**
 * Networks that have learned, complete enough to be used: graph, weights, statistics of batch norm,
 * and what the numbers mean that go in and come out.
 *
 * <p>Depends on {@code execute}, {@code tensor} and {@code training.trainee}; {@code onnx} and
 * {@code scoring} depend on it.
 */
@NullMarked
package dev.espalier.pruningnet.model;

import org.jspecify.annotations.NullMarked;
