package dev.espalier.driver.service.store;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A sequence of bytes that only grows, where nothing can be appended to an object: an object with
 * its begin, and beside it a folder of further pieces, each named after the number of bytes before
 * it. Pieces never change. Now and then the begin is replaced by all there is, which makes the
 * pieces superfluous; who reads meanwhile finds the same bytes. It is there while its begin is.
 *
 * <p>Used by one thread.
 */
public final class AppendedObject {

  private static final String PIECES = ".appended";

  /** The name of a piece: a number with leading zeros, of which there is always one. */
  private static final Pattern PIECE = Pattern.compile("0[0-9]{18}");

  private static final int MOST_PIECES = 64;
  private static final int TRIES = 100;

  private final Folder folder;
  private final String name;
  private final Folder pieces;
  private long length = -1;
  private int count;

  /** The object of a name, whether it is there or not. */
  public AppendedObject(Folder folder, String name) {
    this.folder = folder;
    this.name = name;
    this.pieces = folder.folder(name + PIECES);
  }

  /** All bytes; empty if it is not there. */
  public Optional<byte[]> read() {
    for (int tries = 0; tries < TRIES; tries++) {
      // The pieces first: what is gone from them by then is in the begin.
      List<String> found = names();
      Optional<byte[]> begin = folder.read(name);
      if (begin.isEmpty()) {
        return begin;
      }
      Optional<byte[]> all = whole(begin.get(), found);
      if (all.isPresent()) {
        return all;
      }
    }
    throw new IllegalStateException(
        "%s: a piece of it is missing".formatted(folder.describe(name)));
  }

  /**
   * The bytes behind a number of bytes that were read before, or more of them; empty if there are
   * none.
   */
  public byte[] readFrom(long offset) {
    List<String> behind =
        names().stream().filter(piece -> Long.parseLong(piece) >= offset).toList();
    if (!behind.isEmpty() && Long.parseLong(behind.get(0)) == offset) {
      Optional<byte[]> more = join(new ByteArrayOutputStream(), offset, behind);
      if (more.isPresent()) {
        return more.get();
      }
    }
    byte[] all = read().orElse(new byte[0]);
    return Arrays.copyOfRange(all, (int) Math.min(offset, all.length), all.length);
  }

  /**
   * Adds bytes, which are durable when this returns. Nobody else adds the same bytes at the same
   * place: they tell who wrote them, or when.
   *
   * @return false if somebody else has added some since this began
   */
  public boolean append(byte[] bytes) {
    if (length < 0) {
      measure();
    }
    if (length < 0) {
      dropPieces();
      boolean first = folder.createOwn(name, bytes);
      length = first ? bytes.length : length;
      return first;
    }
    if (!pieces.createOwn(piece(length), bytes)) {
      return false;
    }
    length += bytes.length;
    count++;
    if (count > MOST_PIECES) {
      merge();
    }
    return true;
  }

  /** Replaces all there is by an object that goes on from here; it must have no pieces. */
  void replace(byte[] bytes) {
    if (folder.has(name) && !names().isEmpty()) {
      throw new IllegalStateException(
          "%s: it was appended to, so it cannot be replaced".formatted(folder.describe(name)));
    }
    dropPieces();
    folder.write(name, bytes);
    length = bytes.length;
    count = 0;
  }

  /** Removes it, if it is there. */
  void delete() {
    folder.delete(name);
    dropPieces();
    length = -1;
    count = 0;
  }

  private void measure() {
    Optional<byte[]> found = read();
    if (found.isPresent()) {
      length = found.get().length;
      count = names().size();
    }
  }

  private void merge() {
    Optional<byte[]> all = read();
    if (all.isPresent()) {
      folder.write(name, all.get());
      dropPieces();
    }
    count = 0;
  }

  private List<String> names() {
    return pieces.names().stream().filter(PIECE.asMatchPredicate()).toList();
  }

  private void dropPieces() {
    names().forEach(pieces::delete);
  }

  /** All bytes, or empty if pieces were merged meanwhile. */
  private Optional<byte[]> whole(byte[] begin, List<String> found) {
    List<String> behind =
        found.stream().filter(piece -> Long.parseLong(piece) >= begin.length).toList();
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(begin);
    return join(all, begin.length, behind);
  }

  private Optional<byte[]> join(ByteArrayOutputStream all, long from, List<String> behind) {
    long at = from;
    for (String piece : behind) {
      Optional<byte[]> bytes = pieces.read(piece);
      if (Long.parseLong(piece) != at || bytes.isEmpty()) {
        return Optional.empty();
      }
      all.writeBytes(bytes.get());
      at += bytes.get().length;
    }
    return Optional.of(all.toByteArray());
  }

  private static String piece(long offset) {
    return "%019d".formatted(offset);
  }
}
