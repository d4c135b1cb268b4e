/**
 * The fast way of running a network: its graph written as a TorchScript program, whose two methods
 * take the weights as arguments, so that one program serves every structure of a search space.
 *
 * <p>{@code execute} is its slow reference. Only {@code scoring} may depend on it; it depends on
 * {@code tensor}, {@code execute} and {@code search.network}.
 */
@NullMarked
package dev.espalier.pruningnet.scoring.script;

import org.jspecify.annotations.NullMarked;
