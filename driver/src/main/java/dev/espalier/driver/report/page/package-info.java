/**
 * The report of a job as one page of HTML, which needs nothing but a browser, and the list of jobs
 * as another.
 *
 * <p>{@code app.page}, {@code app.live} and the CLI depend on it; it depends on {@code report}. The
 * text around the figures is in the resources beside it: {@code page.html}, {@code jobs.html},
 * {@code page.css} and {@code page.js}.
 */
@NullMarked
package dev.espalier.driver.report.page;

import org.jspecify.annotations.NullMarked;
