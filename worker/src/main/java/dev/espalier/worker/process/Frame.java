package dev.espalier.worker.process;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * One message between a process and its child: length of the body, kind, body. The child answers
 * every request with {@link Kind#DONE} or a failure.
 *
 * @param kind what the body is
 * @param body at most {@link #LONGEST} bytes
 */
record Frame(Kind kind, byte[] body) {

  /** Far above any request or answer, and no danger to the heap. */
  static final int LONGEST = 1 << 26;

  /** What a frame says. */
  enum Kind {
    /** Request: an {@link Opening}; the answer is the number of shards. */
    OPEN,
    /** Request: a structure, the one that is measured from now on. */
    PREPARE,
    /** Request without a body; the answer is the statistics, which are the current ones then. */
    RECALIBRATE,
    /** Request: statistics, the current ones from now on. */
    USE,
    /** Request: number of a shard; the answer is its score with the current statistics. */
    SCORE,
    /** Answer: what was asked for. */
    DONE,
    /** Answer: an {@code Outcome.Failed}. */
    FAILED,
    /** Answer: words about a file that cannot be used, in UTF-8. */
    BAD_INPUT
  }

  private static final Kind[] KINDS = Kind.values();

  Frame(Kind kind) {
    this(kind, new byte[0]);
  }

  void writeTo(DataOutputStream out) throws IOException {
    out.writeInt(body.length);
    out.writeByte(kind.ordinal());
    out.write(body);
    out.flush();
  }

  /**
   * Waits for a frame.
   *
   * @throws IOException if the other side has ended, or what comes is no frame
   */
  static Frame readFrom(DataInputStream in) throws IOException {
    int length = in.readInt();
    int kind = in.readUnsignedByte();
    if (length < 0 || length > LONGEST || kind >= KINDS.length) {
      throw new IOException("no frame: length %d, kind %d".formatted(length, kind));
    }
    byte[] body = new byte[length];
    in.readFully(body);
    return new Frame(KINDS[kind], body);
  }
}
