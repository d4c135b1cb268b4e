/**
 * Data sets that are drawn instead of collected, the same bit for bit on every machine.
 *
 * <p>Depends on {@code dataset} and {@code search}; the driver's commands and tests may depend on
 * it.
 */
@NullMarked
package dev.espalier.pruningnet.dataset.generated;

import org.jspecify.annotations.NullMarked;
