package dev.espalier.worker.process;

import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.StatisticsBytes;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.failure.Failures;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.scorer.PreparedStructure;
import dev.espalier.worker.scorer.ShardScorer;
import dev.espalier.worker.serial.Messages;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * The child's side: reads requests from standard input and answers on standard output, until the
 * process that started it closes the one or ends.
 */
public final class EvaluationProcess {

  /** The process that waits for an answer is the one that ends this one if it waits no more. */
  private static final Checkpoint GO_ON = () -> {};

  private @Nullable ShardScorer scorer;
  private @Nullable PreparedStructure prepared;
  private @Nullable Statistics statistics;

  private EvaluationProcess() {}

  /** Serves until standard input ends. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    PrintStream output = System.out;
    System.setOut(System.err);
    ignoreSignals();
    BlockingQueue<Frame> requests = new LinkedBlockingQueue<>();
    Thread reader = new Thread(() -> read(requests), "requests");
    reader.setDaemon(true);
    reader.start();
    EvaluationProcess served = new EvaluationProcess();
    try (DataOutputStream answers = new DataOutputStream(new BufferedOutputStream(output))) {
      while (true) {
        served.answer(requests.take()).writeTo(answers);
      }
    }
  }

  /** Ctrl-C reaches every process of a terminal; when to stop is for the one in front to say. */
  private static void ignoreSignals() {
    List.of("INT", "TERM", "HUP")
        .forEach(name -> Signal.handle(new Signal(name), SignalHandler.SIG_IGN));
  }

  /** In a thread of its own, so that the end is noticed while an evaluation hangs. */
  private static void read(BlockingQueue<Frame> requests) {
    try (DataInputStream input = new DataInputStream(System.in)) {
      while (true) {
        requests.add(Frame.readFrom(input));
      }
    } catch (IOException e) {
      Runtime.getRuntime().halt(0);
    }
  }

  // Errors too: what went wrong is told before this process is replaced.
  @SuppressWarnings("CatchingUnchecked")
  private Frame answer(Frame request) {
    try {
      return new Frame(Frame.Kind.DONE, work(request));
    } catch (BadInputException e) {
      return new Frame(
          Frame.Kind.BAD_INPUT, String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8));
    } catch (Throwable thrown) {
      return new Frame(Frame.Kind.FAILED, Messages.encode(Failures.classify(thrown)));
    }
  }

  private byte[] work(Frame request) {
    byte[] body = request.body();
    return switch (request.kind()) {
      case OPEN -> open(Opening.parse(body));
      case PREPARE -> prepare(Messages.decode(body, Structure.class));
      case RECALIBRATE -> recalibrate();
      case USE -> use(StatisticsBytes.parse(body).orElseThrow());
      case SCORE -> score(ByteBuffer.wrap(body).getInt());
      case DONE, FAILED, BAD_INPUT ->
          throw new IllegalArgumentException("an answer as a request: " + request.kind());
    };
  }

  private byte[] open(Opening opening) {
    scorer = opening.open().scorer();
    return ByteBuffer.allocate(Integer.BYTES).putInt(scorer.shards()).array();
  }

  private byte[] prepare(Structure structure) {
    if (prepared != null) {
      prepared.close();
      prepared = null;
    }
    prepared = present(scorer, "scorer").prepare(structure, GO_ON);
    return new byte[0];
  }

  private byte[] recalibrate() {
    Statistics made = present(prepared, "structure").recalibrate(GO_ON);
    statistics = made;
    return StatisticsBytes.of(made);
  }

  private byte[] use(Statistics given) {
    statistics = given;
    return new byte[0];
  }

  private byte[] score(int shard) {
    return Messages.encode(
        present(prepared, "structure").score(present(statistics, "statistics"), shard, GO_ON));
  }

  private static <T> T present(@Nullable T thing, String name) {
    if (thing == null) {
      throw new IllegalStateException("asked to work without a " + name);
    }
    return thing;
  }
}
