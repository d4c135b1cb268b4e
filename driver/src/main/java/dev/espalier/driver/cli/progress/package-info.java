/**
 * How a running job shows itself on standard error: a bar on a terminal, plain lines elsewhere.
 *
 * <p>Depends on {@code driver.app}; the commands that run jobs depend on it.
 */
@NullMarked
package dev.espalier.driver.cli.progress;

import org.jspecify.annotations.NullMarked;
