/**
 * TorchScript's file format: a class as source text, and one instance of it with its tensors.
 *
 * <p>{@code scoring.script} depends on it.
 */
@NullMarked
package dev.espalier.pruningnet.scoring.script.archive;

import org.jspecify.annotations.NullMarked;
