package dev.espalier.driver.journal;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.espalier.search.cost.Costs;

/**
 * Costs as numbers of variable length. Version 1 of the states, whose structures kept all their
 * weights, has the first four only, version 2, which knew of no device, the first six.
 */
final class CostsSerializer extends Serializer<Costs> {

  private boolean dense;
  private boolean anywhere;

  /** Which version is read from here on. */
  void readVersion(int version) {
    dense = version == 1;
    anywhere = version <= 2;
  }

  @Override
  public void write(Kryo kryo, Output out, Costs costs) {
    out.writeVarLong(costs.activationBytes(), false);
    out.writeVarLong(costs.macs(), false);
    out.writeVarLong(costs.parameters(), false);
    out.writeVarLong(costs.weightBytes(), false);
    out.writeVarLong(costs.nonZeroMacs(), false);
    out.writeVarLong(costs.compressedBytes(), false);
    out.writeVarLong(costs.latency(), false);
    out.writeVarLong(costs.energy(), false);
  }

  @Override
  public Costs read(Kryo kryo, Input in, Class<? extends Costs> type) {
    long activationBytes = in.readVarLong(false);
    long macs = in.readVarLong(false);
    long parameters = in.readVarLong(false);
    long weightBytes = in.readVarLong(false);
    return dense
        ? new Costs(macs, parameters, weightBytes, activationBytes)
        : new Costs(
            macs,
            parameters,
            weightBytes,
            activationBytes,
            in.readVarLong(false),
            in.readVarLong(false),
            anywhere ? 0 : in.readVarLong(false),
            anywhere ? 0 : in.readVarLong(false));
  }
}
