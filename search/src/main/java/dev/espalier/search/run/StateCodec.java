package dev.espalier.search.run;

import java.io.IOException;

/**
 * The port that turns a search's state into bytes for a checkpoint and back. Stateless.
 *
 * @param <S> the strategy's state
 */
public interface StateCodec<S> {

  /** The state as bytes that carry the version of their format. */
  byte[] encode(SearchState<S> state);

  /** The state again; an {@link IOException} says why the bytes cannot be read. */
  SearchState<S> decode(byte[] bytes) throws IOException;
}
