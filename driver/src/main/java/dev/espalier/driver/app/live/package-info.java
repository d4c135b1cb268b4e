/**
 * Shows the jobs of a service to browsers of this machine, as they are now, and changes nothing.
 *
 * <p>Depends on {@code app.page}, {@code report.page} and {@code service.queue}; only the command
 * line depends on it.
 */
@NullMarked
package dev.espalier.driver.app.live;

import org.jspecify.annotations.NullMarked;
