/**
 * Pictures as bytes: decoding JPEG and PNG, grey and colour, and resizing, the same on every
 * machine.
 *
 * <p>Depends on {@code search} and the JDK's image readers; {@code dataset.imports} and {@code
 * dataset.generated} may depend on it.
 */
@NullMarked
package dev.espalier.pruningnet.dataset.picture;

import org.jspecify.annotations.NullMarked;
