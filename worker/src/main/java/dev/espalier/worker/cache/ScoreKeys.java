package dev.espalier.worker.cache;

import dev.espalier.search.digest.Sha256;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.request.ScoreInputs;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The content keys of what is measured under one {@link ScoreInputs}: SHA-256, in hexadecimal
 * digits, over the structure's digest, the digests of the inputs and what was measured. Every field
 * is preceded by its length (4 bytes, big endian), so no two lists of fields read the same.
 */
public record ScoreKeys(ScoreInputs inputs) {

  /** The key of a structure's batch norm statistics, which no split changes. */
  public String statistics(Structure structure) {
    return digest(structure, "statistics");
  }

  /** The key of a structure's score on one shard of a split. */
  public String shard(Structure structure, String split, int shard) {
    return digest(structure, "shard", split, Integer.toString(shard));
  }

  private String digest(Structure structure, String... measured) {
    List<String> fields = new ArrayList<>();
    fields.add(structure.digest());
    fields.add(inputs.network());
    fields.add(inputs.weights());
    fields.add(inputs.dataset());
    fields.add(inputs.protocol());
    fields.add(inputs.evaluator());
    fields.addAll(List.of(measured));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (String field : fields) {
      byte[] content = field.getBytes(StandardCharsets.UTF_8);
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(content.length).array());
      bytes.writeBytes(content);
    }
    return Sha256.of(bytes.toByteArray());
  }
}
