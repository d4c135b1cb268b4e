package dev.espalier.search.simulation;

import dev.espalier.search.run.SearchState;
import dev.espalier.search.run.StateCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A codec that keeps states in memory and writes their number: what the bytes of a state look like
 * is not the engine's affair.
 *
 * @param <S> the strategy's state
 */
public final class MemoryCodec<S> implements StateCodec<S> {

  private final List<SearchState<S>> states = new ArrayList<>();

  /** A codec that knows no state yet. */
  public MemoryCodec() {}

  @Override
  public byte[] encode(SearchState<S> state) {
    states.add(state);
    return ByteBuffer.allocate(4).putInt(states.size() - 1).array();
  }

  @Override
  public SearchState<S> decode(byte[] bytes) throws IOException {
    int number = ByteBuffer.wrap(bytes).getInt();
    if (number >= states.size()) {
      throw new IOException("this codec has no state " + number);
    }
    return states.get(number);
  }
}
