/**
 * Commands about networks as files: taking them home, trying them, and how fast they are.
 *
 * <p>Depends on {@code app.export} and {@code cli.option}.
 */
@NullMarked
package dev.espalier.driver.cli.model;

import org.jspecify.annotations.NullMarked;
