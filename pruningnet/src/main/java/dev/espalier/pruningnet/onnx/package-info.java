/**
 * Networks as ONNX files: written, run by ONNX Runtime, and compared with what they were made of.
 *
 * <p>Depends on {@code model}, {@code dataset} and {@code tensor}; the driver depends on it. The
 * only home of ONNX Runtime and of the format's protobuf classes.
 */
@NullMarked
package dev.espalier.pruningnet.onnx;

import org.jspecify.annotations.NullMarked;
