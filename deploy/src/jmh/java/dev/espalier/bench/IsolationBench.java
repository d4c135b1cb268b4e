package dev.espalier.bench;

import dev.espalier.driver.spark.SparkAttemptPool;
import dev.espalier.driver.spark.SparkContexts;
import dev.espalier.driver.spark.SparkSettings;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.SplitSizes;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.meta.Provenance;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.meta.SpaceDigest;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.process.ProcessSource;
import dev.espalier.worker.request.ContentFile;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.request.ScoreInputs;
import dev.espalier.worker.scorer.PruningNetScorers;
import dev.espalier.worker.scorer.ScorerSource;
import dev.espalier.worker.scorer.Scorers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * What it costs to measure structures in child processes: the time until two workers are ready, and
 * the time of the same random structures of ResNet-20, 2,000 images to recalibrate and 2,000 to
 * score, by two threads and by two processes in turn, by the clock (which needs idle cores) and in
 * processor time. Both must find the same. Before that, how long a worker is busy with the messages
 * alone.
 *
 * <p>Arguments: number of rounds, 5 by default.
 */
public final class IsolationBench {

  private static final int IMAGES = 2000;
  private static final int SPARE = 100;
  private static final int STRUCTURES = 8;
  private static final int MESSAGES = 2000;
  private static final int HIDDEN = 32;

  private final JavaSparkContext spark;
  private final EvaluationContext context;
  private final int rounds;

  private IsolationBench(JavaSparkContext spark, EvaluationContext context, int rounds) {
    this.spark = spark;
    this.context = context;
    this.rounds = rounds;
  }

  /** Prints one line for each start and each round, and the median ratios. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    Path folder = Files.createTempDirectory("espalier-bench");
    try (JavaSparkContext spark = SparkContexts.start(new SparkSettings("local[2]", folder))) {
      new IsolationBench(spark, write(folder), rounds).run();
    } finally {
      delete(folder);
    }
  }

  private void run() throws InterruptedException {
    // The first pool pays for loading the engine into this process.
    open("threads, first", new Source()).close();
    measureMessages();
    measureEvaluations();
  }

  private void measureEvaluations() throws InterruptedException {
    try (EvaluationPool threads = open("threads", new Source());
        EvaluationPool processes = open("processes", new ProcessSource(new Source()))) {
      double[] clock = new double[rounds];
      double[] processor = new double[rounds];
      for (int round = -1; round < rounds; round++) {
        List<Candidate> candidates = candidates(round, STRUCTURES);
        Map<Long, Outcome> expected = new TreeMap<>();
        Map<Long, Outcome> found = new TreeMap<>();
        Seconds before = measure(threads, candidates, expected);
        Seconds isolated = measure(processes, candidates, found);
        Seconds after = measure(threads, candidates, expected);
        if (!found.equals(expected)) {
          throw new IllegalStateException("threads find " + expected + ", processes " + found);
        }
        print("  threads %s; processes %s; threads %s", before, isolated, after);
        // Round -1 warms both up.
        if (round >= 0) {
          clock[round] = 2 * isolated.clock() / (before.clock() + after.clock());
          processor[round] = 2 * isolated.processor() / (before.processor() + after.processor());
        }
      }
      print("processes take %s times the time of threads by the clock", spread(clock));
      print("and %s times their processor time", spread(processor));
    }
  }

  /** What is added to an evaluation that computes nothing. */
  private void measureMessages() throws InterruptedException {
    ScorerSource nothing = context -> new NoScorers();
    try (EvaluationPool threads = open("threads that compute nothing", nothing);
        EvaluationPool processes =
            open("processes that compute nothing", new ProcessSource(nothing))) {
      double[] added = new double[rounds];
      for (int round = -1; round < rounds; round++) {
        List<Candidate> candidates = candidates(round, MESSAGES);
        double inThreads = measure(threads, candidates, new TreeMap<>()).clock();
        double inProcesses = measure(processes, candidates, new TreeMap<>()).clock();
        if (round >= 0) {
          added[round] = 1e3 * 2 * (inProcesses - inThreads) / MESSAGES;
        }
      }
      print("the messages of an evaluation take a worker %s ms", spread(added));
    }
  }

  /** Of eight evaluations, the processor time that of this process and its children. */
  private record Seconds(double clock, double processor) {

    static Seconds now() {
      Stream<ProcessHandle> family =
          Stream.concat(Stream.of(ProcessHandle.current()), ProcessHandle.current().descendants());
      double processor =
          family
              .mapToLong(
                  process -> process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
              .sum();
      return new Seconds(System.nanoTime() / 1e9, processor / 1e9);
    }

    Seconds minus(Seconds earlier) {
      return new Seconds(clock - earlier.clock, processor - earlier.processor);
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%.3f/s (%.3f s of a processor each)",
          STRUCTURES / clock,
          processor / STRUCTURES);
    }
  }

  private static String spread(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return String.format(
        Locale.ROOT,
        "%.3f (%.3f to %.3f)",
        sorted[sorted.length / 2],
        sorted[0],
        sorted[sorted.length - 1]);
  }

  private EvaluationPool open(String name, ScorerSource source) {
    long start = System.nanoTime();
    EvaluationPool pool =
        NoWork.patiently(SparkAttemptPool.open(spark, context, source, report -> {}));
    print("%s: two workers ready after %.2f s", name, (System.nanoTime() - start) / 1e9);
    return pool;
  }

  private static Seconds measure(
      EvaluationPool pool, List<Candidate> candidates, Map<Long, Outcome> outcomes)
      throws InterruptedException {
    outcomes.clear();
    Seconds start = Seconds.now();
    pool.submit(candidates);
    while (outcomes.size() < candidates.size()) {
      for (Evaluation evaluation : pool.take(Duration.ofSeconds(1))) {
        outcomes.put(evaluation.candidate().index(), evaluation.outcome());
      }
    }
    return Seconds.now().minus(start);
  }

  private static List<Candidate> candidates(int round, int count) {
    SearchSpace space = space();
    RandomGenerator random = new RandomStreams(1).stream("structures", round);
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Structure structure = space.random(random);
      candidates.add(new Candidate(i, structure));
    }
    return candidates;
  }

  private static SearchSpace space() {
    return SearchSpace.of(
        Zoo.network("resnet20", NoiseImages.SHAPE, NoiseImages.CLASSES), RatioGrid.METAPRUNING);
  }

  private static EvaluationContext write(Path folder) {
    PackedDataset data =
        NoiseImages.write(folder.resolve("noise" + PackedWriter.EXTENSION), 2 * IMAGES + 2 * SPARE);
    SearchSpace space = space();
    String images = data.info().digest();
    Provenance provenance =
        new Provenance(
            "resnet20", SpaceDigest.of(space), HIDDEN, "noise", images, "none", "none", 1, 0);
    Path weights = folder.resolve("weights");
    try (PruningNet net = PruningNet.untrained(space, HIDDEN, new RandomStreams(1));
        TrainedPruningNet saved = TrainedPruningNet.save(net, provenance, weights)) {
      EvaluationProtocol protocol =
          EvaluationProtocol.here(IMAGES, 50, 50, 500, MemoryFormat.CHANNELS_LAST);
      return new EvaluationContext(
          new ScoreInputs(SpaceDigest.of(space), saved.digest(), images, protocol.digest(), "1"),
          new ContentFile(saved.digest(), weights),
          new ContentFile(images, data.file()),
          protocol.text(),
          Split.SELECTION.name(),
          Duration.ofMinutes(5),
          Optional.empty());
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }

  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }

  /** Opens the untrained PruningNet that was written. */
  private record Source() implements ScorerSource {

    private static final long serialVersionUID = 1;

    @Override
    public Scorers open(EvaluationContext context) {
      PackedDataset data = PackedDataset.open(context.dataset().path());
      return new PruningNetScorers(
          TrainedPruningNet.load(context.weights().path(), space()).net(),
          data,
          Splits.of(data, new SplitSizes(IMAGES, IMAGES, SPARE, SPARE), 1),
          Split.valueOf(context.split()),
          EvaluationProtocol.parse(context.protocol()));
    }
  }
}
