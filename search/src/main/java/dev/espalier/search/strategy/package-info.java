/**
 * Which structure to try next: ask/tell strategies over immutable state.
 *
 * <p>Depends on {@code operator}, {@code archive}, {@code evaluation}, {@code cost}, {@code job},
 * {@code space} and {@code random}.
 */
@NullMarked
package dev.espalier.search.strategy;

import org.jspecify.annotations.NullMarked;
