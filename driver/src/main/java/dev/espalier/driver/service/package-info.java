/**
 * The files of a home folder: jobs with their records, states and locks, trained PruningNets and
 * data sets, and how a job is started in the background.
 *
 * <p>Depends on {@code driver.config} and {@code driver.journal}; {@code driver.app} and {@code
 * driver.cli} may depend on it.
 */
@NullMarked
package dev.espalier.driver.service;

import org.jspecify.annotations.NullMarked;
