/**
 * Times what networks of a space do on this machine, and how well the table predicts them.
 *
 * <p>Depends on {@code pruningnet.onnx.profile} and {@code app.watch}; the command line depends on
 * it. It touches no tensor library, so that it fits in a jar of its own.
 */
@NullMarked
package dev.espalier.driver.app.profile;

import org.jspecify.annotations.NullMarked;
