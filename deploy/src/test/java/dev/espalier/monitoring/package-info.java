/** Reads what monitors Espalier - queries, dashboards, alerts - and what it is monitored by. */
@NullMarked
package dev.espalier.monitoring;

import org.jspecify.annotations.NullMarked;
