package dev.espalier.worker.cache;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Puts a tag behind a value that shows whether the value, or the key it is found under, is still
 * what it was.
 */
sealed interface Seal {

  /** The tag of a value under a key. */
  byte[] tag(String key, byte[] value);

  /** Length of every tag in bytes. */
  int tagLength();

  /** The seal of a store: an HMAC where it has a secret, else a checksum. */
  static Seal of(String secret) {
    return secret.isEmpty() ? new Checksum() : new Signature(secret);
  }

  /** The value with its tag behind it. */
  default byte[] close(String key, byte[] value) {
    byte[] tagged = Arrays.copyOf(value, value.length + tagLength());
    System.arraycopy(tag(key, value), 0, tagged, value.length, tagLength());
    return tagged;
  }

  /** The value without its tag; empty if either is damaged. */
  default Optional<byte[]> open(String key, byte[] tagged) {
    int length = tagged.length - tagLength();
    if (length < 0) {
      return Optional.empty();
    }
    byte[] value = Arrays.copyOf(tagged, length);
    byte[] tag = Arrays.copyOfRange(tagged, length, tagged.length);
    return MessageDigest.isEqual(tag, tag(key, value)) ? Optional.of(value) : Optional.empty();
  }

  /** CRC32C: against accidents. */
  record Checksum() implements Seal {

    @Override
    public byte[] tag(String key, byte[] value) {
      CRC32C crc = new CRC32C();
      crc.update(key.getBytes(StandardCharsets.UTF_8));
      crc.update(value);
      return ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    }

    @Override
    public int tagLength() {
      return Integer.BYTES;
    }
  }

  /**
   * HMAC-SHA256: also against those who can reach the member but not the secret.
   *
   * @param secret the key in hexadecimal digits
   */
  record Signature(String secret) implements Seal {

    private static final String ALGORITHM = "HmacSHA256";

    @Override
    public byte[] tag(String key, byte[] value) {
      try {
        Mac mac = Mac.getInstance(ALGORITHM);
        mac.init(new SecretKeySpec(HexFormat.of().parseHex(secret), ALGORITHM));
        mac.update(key.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 0);
        return mac.doFinal(value);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has HmacSHA256", e);
      }
    }

    @Override
    public int tagLength() {
      return 32;
    }

    /** Without the secret, so that it never reaches a log. */
    @Override
    public String toString() {
      return "Signature";
    }
  }
}
