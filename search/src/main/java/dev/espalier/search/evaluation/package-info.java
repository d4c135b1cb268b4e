/**
 * What is known of a structure after trying it: the candidate, its outcome and the ports of those
 * who produce and keep outcomes.
 *
 * <p>Depends on {@code space} only.
 */
@NullMarked
package dev.espalier.search.evaluation;

import org.jspecify.annotations.NullMarked;
