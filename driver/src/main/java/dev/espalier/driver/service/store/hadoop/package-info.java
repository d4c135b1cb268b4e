/**
 * Stores in any file system that Hadoop has a client for: HDFS, and object stores that can create
 * an object only if it is absent.
 *
 * <p>The only home of Hadoop. Depends on {@code service.store}; only the command line depends on
 * it.
 */
@NullMarked
package dev.espalier.driver.service.store.hadoop;

import org.jspecify.annotations.NullMarked;
