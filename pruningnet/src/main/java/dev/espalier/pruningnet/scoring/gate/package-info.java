/**
 * Whether a PruningNet is worth a search: its accuracy against chance, before anything is spent.
 *
 * <p>For the driver's job stages.
 */
@NullMarked
package dev.espalier.pruningnet.scoring.gate;

import org.jspecify.annotations.NullMarked;
