/**
 * Times what ONNX Runtime does on this machine, for tables that predict whole networks.
 *
 * <p>Depends on {@code onnx} and touches no tensor library, so that it fits in a jar of its own.
 */
@NullMarked
package dev.espalier.pruningnet.onnx.profile;

import org.jspecify.annotations.NullMarked;
