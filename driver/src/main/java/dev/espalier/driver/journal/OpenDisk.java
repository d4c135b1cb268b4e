package dev.espalier.driver.journal;

import dev.espalier.search.journal.Disk;
import java.io.Closeable;

/** The engine's disk while it is in use; whoever opens it closes it. Used by one thread. */
public interface OpenDisk extends Disk, Closeable {}
