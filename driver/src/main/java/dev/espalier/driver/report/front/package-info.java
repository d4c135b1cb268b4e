/**
 * The front of a job as a picture of text, and those of several jobs side by side. Pure data and
 * text.
 *
 * <p>{@code app.compare}, {@code app.page} and the CLI depend on it; it depends on {@code report}.
 */
@NullMarked
package dev.espalier.driver.report.front;

import org.jspecify.annotations.NullMarked;
