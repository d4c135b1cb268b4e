/**
 * The jobs that wait for a service, who the service is, and which job comes next.
 *
 * <p>Depends on {@code driver.service}; {@code driver.app} and {@code driver.cli} may depend on it.
 */
@NullMarked
package dev.espalier.driver.service.queue;

import org.jspecify.annotations.NullMarked;
