package dev.espalier.worker.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.evaluate.Stage;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** A report as its evaluation, its counts, and pairs of a stage and the stage's nanoseconds. */
final class ReportSerializer extends Serializer<EvaluationReport> {

  ReportSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, EvaluationReport report) {
    kryo.writeObject(output, report.evaluation());
    output.writeVarInt(report.hits(), true);
    output.writeVarInt(report.misses(), true);
    output.writeVarInt(report.stages().size(), true);
    report
        .stages()
        .forEach(
            (stage, time) -> {
              kryo.writeObject(output, stage);
              output.writeVarLong(time.toNanos(), true);
            });
  }

  @Override
  public EvaluationReport read(Kryo kryo, Input input, Class<? extends EvaluationReport> type) {
    Evaluation evaluation = kryo.readObject(input, Evaluation.class);
    int hits = input.readVarInt(true);
    int misses = input.readVarInt(true);
    Map<Stage, Duration> stages = new EnumMap<>(Stage.class);
    for (int left = input.readVarInt(true); left > 0; left--) {
      stages.put(kryo.readObject(input, Stage.class), Duration.ofNanos(input.readVarLong(true)));
    }
    return new EvaluationReport(evaluation, stages, hits, misses);
  }
}
