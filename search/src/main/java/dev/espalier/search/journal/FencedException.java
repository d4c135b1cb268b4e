package dev.espalier.search.journal;

import java.io.IOException;

/** Another owner has opened the journal since: this one must not write any more. */
public final class FencedException extends IOException {

  private static final long serialVersionUID = 1L;

  /** Names both owners' epochs. */
  public FencedException(long mine, long theirs) {
    super(
        "another process has taken this search over: it is owner %d, this one was owner %d"
            .formatted(theirs, mine));
  }
}
