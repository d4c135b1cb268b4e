/**
 * The processes of this machine that run jobs, and what a job leaves on this machine only.
 *
 * <p>Depends on {@code service.file}; everything of the driver may depend on it.
 */
@NullMarked
package dev.espalier.driver.service.process;

import org.jspecify.annotations.NullMarked;
