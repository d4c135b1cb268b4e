package dev.espalier.worker.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.KryoException;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import com.esotericsoftware.kryo.kryo5.serializers.DefaultSerializers.EnumSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.OptionalSerializers.OptionalSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.RecordSerializer;
import com.esotericsoftware.kryo.kryo5.serializers.TimeSerializers.DurationSerializer;
import com.esotericsoftware.kryo.kryo5.util.Pool;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.evaluate.Stage;
import dev.espalier.worker.request.CacheAddress;
import dev.espalier.worker.request.ContentFile;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.request.ScoreInputs;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes and reads the messages between driver, workers and their children: one byte with the
 * format, then what Kryo writes. Thread-safe.
 */
public final class Messages {

  private static final byte FORMAT = 2;
  private static final int FIRST_BYTES = 256;

  private static final Pool<Kryo> POOL =
      new Pool<>(true, false) {
        @Override
        protected Kryo create() {
          return kryo();
        }
      };

  private Messages() {}

  /** The bytes of a message. */
  public static byte[] encode(Object message) {
    Kryo kryo = POOL.obtain();
    try (Output output = new Output(FIRST_BYTES, -1)) {
      output.writeByte(FORMAT);
      kryo.writeClassAndObject(output, message);
      return output.toBytes();
    } finally {
      POOL.free(kryo);
    }
  }

  /**
   * Reads a message back.
   *
   * @throws IllegalArgumentException if the bytes are no message of this type and this format
   */
  public static <T> T decode(byte[] bytes, Class<T> type) {
    Kryo kryo = POOL.obtain();
    try (Input input = new Input(bytes)) {
      byte format = input.readByte();
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "message: format is %d, expected %d. Maybe driver and workers are of different releases"
                .formatted(format, FORMAT));
      }
      return type.cast(kryo.readClassAndObject(input));
    } catch (KryoException | IndexOutOfBoundsException | ClassCastException e) {
      throw new IllegalArgumentException(
          "message of %d bytes is not a %s".formatted(bytes.length, type.getSimpleName()), e);
    } finally {
      POOL.free(kryo);
    }
  }

  private static Kryo kryo() {
    Kryo kryo = new Kryo();
    kryo.setRegistrationRequired(true);
    kryo.setReferences(false);
    kryo.register(Structure.class, new StructureSerializer(), 20);
    registerRecord(kryo, Candidate.class, 21);
    registerRecord(kryo, Evaluation.class, 22);
    registerRecord(kryo, Outcome.Scored.class, 23);
    registerRecord(kryo, Outcome.Failed.class, 24);
    kryo.register(Outcome.Failed.Kind.class, new EnumSerializer(Outcome.Failed.Kind.class), 25);
    kryo.register(Stage.class, new EnumSerializer(Stage.class), 26);
    kryo.register(EvaluationReport.class, new ReportSerializer(), 27);
    registerRecord(kryo, ShardScore.class, 28);
    registerRecord(kryo, ScoreInputs.class, 30);
    kryo.register(ContentFile.class, new ContentFileSerializer(), 31);
    kryo.register(CacheAddress.class, new CacheAddressSerializer(), 32);
    registerRecord(kryo, EvaluationContext.class, 33);
    kryo.register(Duration.class, new DurationSerializer(), 40);
    kryo.register(Optional.class, new OptionalSerializer(), 41);
    return kryo;
  }

  private static <T> void registerRecord(Kryo kryo, Class<T> type, int id) {
    kryo.register(type, new RecordSerializer<>(type), id);
  }
}
