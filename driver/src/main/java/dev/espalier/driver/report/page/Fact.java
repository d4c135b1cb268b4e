package dev.espalier.driver.report.page;

/**
 * A line of a page's lists.
 *
 * @param name what it is
 * @param value in words
 */
public record Fact(String name, String value) {}
