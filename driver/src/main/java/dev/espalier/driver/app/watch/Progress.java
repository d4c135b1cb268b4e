package dev.espalier.driver.app.watch;

/**
 * How far a stage has come.
 *
 * @param done units done, those of earlier runs included
 * @param total units to do
 * @param unit what is counted, in the plural: steps, structures
 * @param detail what else is worth knowing, e.g. {@code best 61.20%}; may be empty
 */
public record Progress(long done, long total, String unit, String detail) {}
