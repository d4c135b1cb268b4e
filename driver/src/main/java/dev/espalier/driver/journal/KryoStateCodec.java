package dev.espalier.driver.journal;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.EnumNameSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.OptionalSerializers;
import com.esotericsoftware.kryo.kryo5.serializers.RecordSerializer;
import dev.espalier.search.archive.Objectives;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.run.InFlight;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.run.StateCodec;
import dev.espalier.search.space.Structure;
import dev.espalier.search.strategy.Generations;
import dev.espalier.search.strategy.RandomSearch;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * States as Kryo 5 writes them: version (4 bytes), the strategy's state, trials, candidates in
 * flight, whether nothing is left. Every class is registered under a number that never changes; a
 * class that is not is refused.
 *
 * <p>Used by one thread.
 *
 * @param <S> the strategy's state
 */
public final class KryoStateCodec<S> implements StateCodec<S> {

  private static final int VERSION = 3;

  private final Objectives objectives;
  private final Kryo kryo = new Kryo();
  private final CostsSerializer costs = new CostsSerializer();

  /**
   * A codec for the strategies of this version.
   *
   * @param objectives what the front of decoded states weighs
   */
  public KryoStateCodec(Objectives objectives) {
    this.objectives = objectives;
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    kryo.register(Structure.class, new StructureSerializer(), 10);
    register(Candidate.class, 11);
    kryo.register(Costs.class, costs, 12);
    register(Trial.class, 13);
    register(Outcome.Scored.class, 14);
    register(Outcome.Failed.class, 15);
    kryo.register(Kind.class, new EnumNameSerializer(Kind.class), 16);
    register(InFlight.class, 17);
    kryo.register(Optional.class, new OptionalSerializers.OptionalSerializer(), 18);
    kryo.register(Generations.class, new GenerationsSerializer(), 19);
    kryo.register(RandomSearch.Nothing.class, 20);
  }

  private <T> void register(Class<T> type, int id) {
    kryo.register(type, new RecordSerializer<>(type), id);
  }

  @Override
  public byte[] encode(SearchState<S> state) {
    Output out = new Output(4096, -1);
    out.writeInt(VERSION);
    kryo.writeClassAndObject(out, state.strategy());
    write(kryo, out, state.history().trials());
    write(kryo, out, state.inFlight());
    out.writeBoolean(state.exhausted());
    return out.toBytes();
  }

  @Override
  public SearchState<S> decode(byte[] bytes) throws IOException {
    Input in = new BoundedInput(bytes);
    try {
      int version = in.readInt();
      if (version < 1 || version > VERSION) {
        throw new IOException(
            "its state has version %d, but this program reads versions 1 to %d"
                .formatted(version, VERSION));
      }
      costs.readVersion(version);
      // The identity in the journal fixes the strategy, and with it the class of its state.
      @SuppressWarnings("unchecked")
      S strategy = (S) kryo.readClassAndObject(in);
      List<Trial> trials = read(kryo, in, Trial.class);
      List<InFlight> inFlight = read(kryo, in, InFlight.class);
      boolean exhausted = in.readBoolean();
      if (in.position() < bytes.length) {
        throw new IOException("%d bytes follow its state".formatted(bytes.length - in.position()));
      }
      return SearchState.of(strategy, trials, inFlight, exhausted, objectives);
    } catch (KryoException
        | IllegalArgumentException
        | IndexOutOfBoundsException
        | ClassCastException
        | NullPointerException e) {
      throw new IOException("its state cannot be read: " + e.getMessage(), e);
    }
  }

  private static void write(Kryo kryo, Output out, List<?> list) {
    out.writeInt(list.size());
    list.forEach(element -> kryo.writeObject(out, element));
  }

  private static <T> List<T> read(Kryo kryo, Input in, Class<T> type) {
    int size = in.readInt();
    if (size < 0 || size > in.limit() - in.position()) {
      throw new KryoException("a list of %d things does not fit".formatted(size));
    }
    List<T> list = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      list.add(kryo.readObject(in, type));
    }
    return list;
  }

  /** Takes no memory for a text that announces more characters than there are bytes. */
  private static final class BoundedInput extends Input {

    BoundedInput(byte[] bytes) {
      super(bytes);
    }

    @Override
    public int readVarIntFlag(boolean optimizePositive) {
      int length = super.readVarIntFlag(optimizePositive);
      if (length < 0 || length - 1 > limit - position) {
        throw new KryoException("a text of %d characters does not fit".formatted(length));
      }
      return length;
    }
  }

  /** Genes as unsigned variable-length numbers. */
  private static final class StructureSerializer extends Serializer<Structure> {

    StructureSerializer() {
      super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output out, Structure structure) {
      out.writeVarInt(structure.length(), true);
      for (int i = 0; i < structure.length(); i++) {
        out.writeVarInt(structure.gene(i), true);
      }
    }

    @Override
    public Structure read(Kryo kryo, Input in, Class<? extends Structure> type) {
      int length = in.readVarInt(true);
      if (length < 0 || length > in.limit() - in.position()) {
        throw new KryoException("a structure of %d genes does not fit".formatted(length));
      }
      int[] genes = new int[length];
      for (int i = 0; i < genes.length; i++) {
        genes[i] = in.readVarInt(true);
      }
      return Structure.of(genes);
    }
  }

  private static final class GenerationsSerializer extends Serializer<Generations> {

    GenerationsSerializer() {
      super(false, true);
    }

    @Override
    public void write(Kryo kryo, Output out, Generations generations) {
      out.writeLong(generations.first());
      KryoStateCodec.write(kryo, out, generations.base());
      KryoStateCodec.write(kryo, out, generations.last());
      KryoStateCodec.write(kryo, out, generations.current());
      KryoStateCodec.write(kryo, out, generations.parents());
    }

    @Override
    public Generations read(Kryo kryo, Input in, Class<? extends Generations> type) {
      return new Generations(
          in.readLong(),
          KryoStateCodec.read(kryo, in, Trial.class),
          KryoStateCodec.read(kryo, in, Trial.class),
          KryoStateCodec.read(kryo, in, Trial.class),
          KryoStateCodec.read(kryo, in, Trial.class));
    }
  }
}
