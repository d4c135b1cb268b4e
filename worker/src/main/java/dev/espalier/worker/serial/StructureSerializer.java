package dev.espalier.worker.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.espalier.search.space.Structure;

/** A structure as its number of genes and the genes. */
final class StructureSerializer extends Serializer<Structure> {

  StructureSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, Structure structure) {
    output.writeVarInt(structure.length(), true);
    output.writeInts(structure.toArray(), 0, structure.length(), true);
  }

  @Override
  public Structure read(Kryo kryo, Input input, Class<? extends Structure> type) {
    return Structure.of(input.readInts(input.readVarInt(true), true));
  }
}
