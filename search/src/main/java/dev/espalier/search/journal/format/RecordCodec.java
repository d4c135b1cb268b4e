package dev.espalier.search.journal.format;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.space.Structure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The payloads of journal format 1. Whole numbers are unsigned LEB128 ("varint"), texts their
 * number of UTF-8 bytes and then the bytes.
 *
 * <pre>
 * type 1, Opened    identity text
 * type 2, Returned  count, then for each result
 *                   index, genes, each gene, outcome, nanoseconds, cached images
 *         outcome   0, correct, images  or  1, kind text, reason text
 * type 3, Compacted identity text, through, results
 * </pre>
 */
final class RecordCodec {

  private static final byte OPENED = 1;
  private static final byte RETURNED = 2;
  private static final byte COMPACTED = 3;
  private static final byte SCORED = 0;
  private static final byte FAILED = 1;

  private RecordCodec() {}

  static byte type(JournalRecord record) {
    if (record instanceof JournalRecord.Opened) {
      return OPENED;
    }
    return record instanceof JournalRecord.Returned ? RETURNED : COMPACTED;
  }

  static boolean isType(byte type) {
    return type >= OPENED && type <= COMPACTED;
  }

  static byte[] encode(JournalRecord record) {
    PayloadWriter out = new PayloadWriter();
    if (record instanceof JournalRecord.Opened opened) {
      out.text(opened.identity());
    } else if (record instanceof JournalRecord.Returned returned) {
      out.number(returned.evaluations().size());
      returned.evaluations().forEach(evaluation -> write(evaluation, out));
    } else if (record instanceof JournalRecord.Compacted compacted) {
      out.text(compacted.identity());
      out.number(compacted.through());
      out.number(compacted.results());
    }
    return out.toBytes();
  }

  private static void write(Evaluation evaluation, PayloadWriter out) {
    Structure structure = evaluation.candidate().structure();
    out.number(evaluation.candidate().index());
    out.number(structure.length());
    for (int i = 0; i < structure.length(); i++) {
      out.number(structure.gene(i));
    }
    if (evaluation.outcome() instanceof Outcome.Scored scored) {
      out.octet(SCORED);
      out.number(scored.correct());
      out.number(scored.images());
    } else if (evaluation.outcome() instanceof Outcome.Failed failed) {
      out.octet(FAILED);
      out.text(failed.kind().name());
      out.text(failed.reason());
    }
    out.number(evaluation.elapsed().toNanos());
    out.number(evaluation.cachedImages());
  }

  /** Reads a payload back; an {@link IllegalArgumentException} says what is wrong with it. */
  static JournalRecord decode(byte type, byte[] payload) {
    PayloadReader in = new PayloadReader(ByteBuffer.wrap(payload));
    JournalRecord record =
        switch (type) {
          case OPENED -> new JournalRecord.Opened(in.text());
          case RETURNED -> returned(in);
          case COMPACTED -> new JournalRecord.Compacted(in.text(), in.number(), in.number());
          default -> throw new IllegalArgumentException("unknown type of record " + type);
        };
    in.end();
    return record;
  }

  private static JournalRecord returned(PayloadReader in) {
    int count = in.count();
    List<Evaluation> evaluations = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      evaluations.add(evaluation(in));
    }
    return new JournalRecord.Returned(evaluations);
  }

  private static Evaluation evaluation(PayloadReader in) {
    long index = in.number();
    int[] genes = new int[in.count()];
    for (int i = 0; i < genes.length; i++) {
      genes[i] = in.smallNumber();
    }
    Candidate candidate = new Candidate(index, Structure.of(genes));
    return new Evaluation(candidate, outcome(in), Duration.ofNanos(in.number()), in.number());
  }

  private static Outcome outcome(PayloadReader in) {
    byte tag = in.octet();
    return switch (tag) {
      case SCORED -> new Outcome.Scored(in.number(), in.number());
      case FAILED -> new Outcome.Failed(Outcome.Failed.Kind.valueOf(in.text()), in.text());
      default -> throw new IllegalArgumentException("unknown outcome " + tag);
    };
  }
}
