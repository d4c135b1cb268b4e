/**
 * A world for the engine that lives in memory: a disk that can lose power, a pool whose workers
 * finish in any order, and a search whose answers are a formula.
 */
@NullMarked
package dev.espalier.search.simulation;

import org.jspecify.annotations.NullMarked;
