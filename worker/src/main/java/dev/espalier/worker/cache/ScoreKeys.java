package dev.espalier.worker.cache;

import dev.espalier.search.space.Structure;
import dev.espalier.worker.request.Provenance;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The content keys of what is measured under one {@link Provenance}: SHA-256, in hexadecimal
 * digits, over the structure's digest, the digests of the provenance and what was measured. Every
 * field is preceded by its length (4 bytes, big endian), so no two lists of fields read the same.
 */
public record ScoreKeys(Provenance provenance) {

  /** The key of a structure's batch norm statistics, which no split changes. */
  public String statistics(Structure structure) {
    return digest(structure, "statistics");
  }

  /** The key of a structure's score on one shard of a split. */
  public String shard(Structure structure, String split, int shard) {
    return digest(structure, "shard", split, Integer.toString(shard));
  }

  private String digest(Structure structure, String... measured) {
    MessageDigest sha = sha256();
    add(sha, structure.digest());
    add(sha, provenance.network());
    add(sha, provenance.weights());
    add(sha, provenance.dataset());
    add(sha, provenance.protocol());
    add(sha, provenance.evaluator());
    for (String field : measured) {
      add(sha, field);
    }
    return HexFormat.of().formatHex(sha.digest());
  }

  private static void add(MessageDigest sha, String field) {
    byte[] bytes = field.getBytes(StandardCharsets.UTF_8);
    sha.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).flip());
    sha.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
