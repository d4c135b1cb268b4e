/**
 * Networks of others, read from ONNX files: graph and weights, and compared with what ONNX Runtime
 * computes.
 *
 * <p>Depends on {@code onnx} and {@code model}; the driver depends on it.
 */
@NullMarked
package dev.espalier.pruningnet.onnx.imports;

import org.jspecify.annotations.NullMarked;
