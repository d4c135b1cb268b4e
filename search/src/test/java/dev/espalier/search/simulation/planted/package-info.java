/** Tests of the simulator: the engine with a known bug, which it has to find. */
@NullMarked
package dev.espalier.search.simulation.planted;

import org.jspecify.annotations.NullMarked;
