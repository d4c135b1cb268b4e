package dev.espalier.worker.secret;

import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;

/**
 * A file with a secret on one line, which nobody but its owner may touch: mode 600. A secret that
 * others may have seen is refused, not mended, as it is none any more.
 *
 * @param path the file
 */
public record SecretFile(Path path) {

  private static final int SECRET_BYTES = 32;
  private static final Set<PosixFilePermission> OF_ITS_OWNER =
      EnumSet.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  /** Whether there is such a file. */
  public boolean exists() {
    return Files.exists(path);
  }

  /**
   * The secret.
   *
   * @throws BadInputException if the file is empty, or open to others than its owner
   * @throws IOException if it cannot be read
   */
  public String read() throws IOException {
    Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(path);
    if (!OF_ITS_OWNER.containsAll(permissions)) {
      throw new BadInputException(
          "%s: found a secret of mode %s, expected 600: others may know it. Maybe replace it by a new one, and 'chmod 600' that?"
              .formatted(path, mode(permissions)));
    }
    String secret = Files.readString(path).strip();
    if (secret.isEmpty()) {
      throw new BadInputException("%s: empty, expected a secret".formatted(path));
    }
    return secret;
  }

  /** Makes the file, with 32 random bytes in hexadecimal digits; replaces what was there. */
  public void create() throws IOException {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    // A temporary file is readable by its owner alone, and keeps that when it is moved.
    Path written = Files.createTempFile(path.getParent(), path.getFileName().toString(), ".tmp");
    Files.writeString(written, HexFormat.of().formatHex(secret));
    Files.move(written, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** As chmod takes it, e.g. 644. */
  private static String mode(Set<PosixFilePermission> permissions) {
    int bits = 0;
    for (PosixFilePermission permission : permissions) {
      bits |= 1 << PosixFilePermission.OTHERS_EXECUTE.ordinal() - permission.ordinal();
    }
    return "%03o".formatted(bits);
  }
}
