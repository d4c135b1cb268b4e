/**
 * What a job asks for, as plain records with documented defaults, and the error for input that
 * cannot be used. Reading files is {@code driver.config}'s task.
 *
 * <p>Depends on the JDK only; every package may depend on it.
 */
@NullMarked
package dev.espalier.search.job;

import org.jspecify.annotations.NullMarked;
