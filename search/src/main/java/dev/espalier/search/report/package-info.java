/**
 * What is said about a search when it has ended: rankings, what is to be confirmed on fresh images,
 * and how far two rankings agree. Pure data; printing it is the driver's task.
 *
 * <p>Depends on {@code evaluation}, {@code cost} and {@code space}.
 */
@NullMarked
package dev.espalier.search.report;

import org.jspecify.annotations.NullMarked;
