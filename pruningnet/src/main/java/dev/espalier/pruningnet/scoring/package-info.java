/**
 * Measuring a structure: its weights, recalibrated batch norm, accuracy on a split; the protocol
 * that fixes how; and the gate before a search.
 *
 * <p>Worker and driver may depend on it; it depends on {@code meta}, {@code training}, {@code
 * execute}, {@code dataset} and {@code tensor}.
 */
@NullMarked
package dev.espalier.pruningnet.scoring;

import org.jspecify.annotations.NullMarked;
