/**
 * Numbers in words and rows as a table: how everything that is printed for people looks. Pure text.
 *
 * <p>{@code report}, the pages and the CLI depend on it; it depends on nothing of the driver.
 */
@org.jspecify.annotations.NullMarked
package dev.espalier.driver.report.text;
