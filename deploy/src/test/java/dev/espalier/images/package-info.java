/** Lints, renders and runs what is shipped for containers, on plain processes. */
@NullMarked
package dev.espalier.images;

import org.jspecify.annotations.NullMarked;
