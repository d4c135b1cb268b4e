package dev.espalier.pruningnet.dataset.imports;

/**
 * An image that was left out.
 *
 * @param image its file, {@code zip!entry} or {@code file, record n}
 * @param reason what was found and what is expected
 */
public record BrokenImage(String image, String reason) {}
