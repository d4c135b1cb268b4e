/**
 * What is known of a structure after trying it: the candidate, its outcome, the trial that joins
 * them with the costs, and the ports of those who produce and keep outcomes.
 *
 * <p>Depends on {@code space} and {@code cost}.
 */
@NullMarked
package dev.espalier.search.evaluation;

import org.jspecify.annotations.NullMarked;
