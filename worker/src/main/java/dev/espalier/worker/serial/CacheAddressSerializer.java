package dev.espalier.worker.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.espalier.worker.request.CacheAddress;
import java.util.List;

/** A {@link CacheAddress}: its members as one line, its cluster, its secret. */
final class CacheAddressSerializer extends Serializer<CacheAddress> {

  private static final String BETWEEN = ",";

  CacheAddressSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, CacheAddress address) {
    output.writeString(String.join(BETWEEN, address.members()));
    output.writeString(address.cluster());
    output.writeString(address.secret());
  }

  @Override
  public CacheAddress read(Kryo kryo, Input input, Class<? extends CacheAddress> type) {
    return new CacheAddress(
        List.of(input.readString().split(BETWEEN)), input.readString(), input.readString());
  }
}
