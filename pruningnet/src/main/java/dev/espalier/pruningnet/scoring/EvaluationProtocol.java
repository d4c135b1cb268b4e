package dev.espalier.pruningnet.scoring;

import dev.espalier.pruningnet.scoring.script.Kernels;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * How structures are measured, down to what rounds differently: part of the key of every score, so
 * that equal keys mean equal bits on one type of machine. Immutable.
 *
 * @param recalibrationImages the first images of the training split; batch norm gets their pooled
 *     statistics
 * @param recalibrationBatch images normalised together while these statistics are gathered
 * @param scoringBatch images scored in one call
 * @param shard images scored and cached as one piece
 * @param format order of activations in memory
 * @param kernels which convolutions compute them
 * @param engine the tensor engine and its version
 */
public record EvaluationProtocol(
    int recalibrationImages,
    int recalibrationBatch,
    int scoringBatch,
    int shard,
    MemoryFormat format,
    Kernels kernels,
    String engine) {

  /** Version of this package's arithmetic: raised whenever a score may change by a bit. */
  public static final String EVALUATOR = "1";

  private static final List<String> KEYS =
      List.of(
          "evaluator",
          "recalibration-images",
          "recalibration-batch",
          "scoring-batch",
          "shard",
          "format",
          "kernels",
          "engine");

  /** Refuses counts below 1. */
  public EvaluationProtocol {
    require("recalibration-images", recalibrationImages);
    require("recalibration-batch", recalibrationBatch);
    require("scoring-batch", scoringBatch);
    require("shard", shard);
  }

  /** A protocol for the engine of this process. */
  public static EvaluationProtocol here(
      int recalibrationImages,
      int recalibrationBatch,
      int scoringBatch,
      int shard,
      MemoryFormat format) {
    return new EvaluationProtocol(
        recalibrationImages,
        recalibrationBatch,
        scoringBatch,
        shard,
        format,
        Kernels.best(),
        engineHere());
  }

  /**
   * Reads the canonical text back.
   *
   * @throws BadInputException if it is not such a text, or of another version of the evaluator
   */
  public static EvaluationProtocol parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != KEYS.size()) {
      throw bad(text, "found %d settings, expected %s".formatted(parts.length, KEYS));
    }
    List<String> values = new ArrayList<>();
    for (int i = 0; i < parts.length; i++) {
      String prefix = KEYS.get(i) + "=";
      if (!parts[i].startsWith(prefix)) {
        throw bad(text, "found '%s', expected '%s...'".formatted(parts[i], prefix));
      }
      values.add(parts[i].substring(prefix.length()));
    }
    if (!values.get(0).equals(EVALUATOR)) {
      throw bad(
          text,
          "evaluator version %s, expected %s. Maybe the job was begun by another release"
              .formatted(values.get(0), EVALUATOR));
    }
    try {
      return new EvaluationProtocol(
          Integer.parseInt(values.get(1)),
          Integer.parseInt(values.get(2)),
          Integer.parseInt(values.get(3)),
          Integer.parseInt(values.get(4)),
          MemoryFormat.valueOf(constant(values.get(5))),
          Kernels.valueOf(constant(values.get(6))),
          values.get(7));
    } catch (IllegalArgumentException e) {
      throw new BadInputException(
          "evaluation protocol '%s': %s".formatted(text, e.getMessage()), e);
    }
  }

  /** The canonical text: equal exactly for equal protocols. One line, no secrets. */
  public String text() {
    List<Object> values =
        List.of(
            EVALUATOR,
            recalibrationImages,
            recalibrationBatch,
            scoringBatch,
            shard,
            word(format),
            word(kernels),
            engine);
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      parts.add(KEYS.get(i) + "=" + values.get(i));
    }
    return String.join(" ", parts);
  }

  /** SHA-256 of the canonical text. */
  public String digest() {
    return Sha256.of(text());
  }

  /** Number of shards of so many images; the last one may be smaller. */
  public int shards(int images) {
    return (images - 1) / shard + 1;
  }

  /**
   * Refuses to measure by this protocol where it would not give the bits that it stands for.
   *
   * @throws BadInputException naming both engines, or the missing kernels
   */
  void requireHere() {
    if (!engine.equals(engineHere())) {
      throw bad(
          text(),
          "it was recorded with %s, this is %s. Maybe resume with the release that began the job"
              .formatted(engine, engineHere()));
    }
    if (kernels == Kernels.FUSED && Kernels.best() != Kernels.FUSED) {
      throw bad(text(), "this machine's engine has no fused kernels. Maybe start a job of its own");
    }
  }

  private static String engineHere() {
    return "pytorch-" + Torch.version();
  }

  private static void require(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException("%s is %d, expected at least 1".formatted(name, value));
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static String constant(String word) {
    return word.toUpperCase(Locale.ROOT).replace('-', '_');
  }

  private static BadInputException bad(String text, String problem) {
    return new BadInputException("evaluation protocol '%s': %s".formatted(text, problem));
  }
}
