/**
 * MobileNetV2 with blocks that can be chosen, one by one: kernel, expansion, or no block at all.
 *
 * <p>Knows no tensor library and no training. {@code pruningnet} and driver may depend on it; it
 * depends on {@code architecture}, {@code network}, {@code job} and the JDK.
 */
@NullMarked
package dev.espalier.search.mobile;

import org.jspecify.annotations.NullMarked;
