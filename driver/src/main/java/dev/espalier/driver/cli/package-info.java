/**
 * The command line. Each command reads its options, has {@code driver.app} and {@code
 * driver.service} do the work and prints what they return: results on standard output, everything
 * else on standard error.
 *
 * <p>The only home of picocli; nothing depends on it.
 */
@NullMarked
package dev.espalier.driver.cli;

import org.jspecify.annotations.NullMarked;
