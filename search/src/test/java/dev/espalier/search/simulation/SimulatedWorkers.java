package dev.espalier.search.simulation;

import dev.espalier.search.attempt.Answer;
import dev.espalier.search.attempt.Attempt;
import dev.espalier.search.attempt.AttemptPool;
import dev.espalier.search.attempt.Clock;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed;
import dev.espalier.search.evaluation.ScoreStore;
import dev.espalier.search.simulation.Fault.Kind;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A few workers in virtual time, which passes only while the engine waits. Attempts take random
 * time, so answers come in any order, and each can go wrong in the ways of {@link Kind}. A
 * candidate is met by at most two faults, so that its third attempt says what it is worth.
 */
final class SimulatedWorkers implements AttemptPool, Clock {

  /** The longest that a worker spends on an attempt. */
  static final Duration LIMIT = Duration.ofSeconds(10);

  private static final Duration LATE = Duration.ofSeconds(300);
  private static final int SHARDS = 2;
  private static final int MOST_FAULTS_EACH = 2;

  private record Arrival(Duration when, long order, Answer answer) {}

  private final int workers;
  private final Faults faults;
  private final ScoreStore store;
  private final RandomGenerator random;
  private final Map<Candidate, Integer> faultsMet = new HashMap<>();
  private final Deque<Attempt> queue = new ArrayDeque<>();
  private final PriorityQueue<Duration> busyUntil = new PriorityQueue<>();
  private final PriorityQueue<Arrival> arrivals =
      new PriorityQueue<>(Comparator.comparing(Arrival::when).thenComparing(Arrival::order));
  private Duration now = Duration.ZERO;
  private long order;

  SimulatedWorkers(int workers, Faults faults, ScoreStore store, RandomGenerator random) {
    this.workers = workers;
    this.faults = faults;
    this.store = store;
    this.random = random;
  }

  /** Time after which an attempt is surely not answered any more, with so many in flight. */
  static Duration longest(int window) {
    return LIMIT.multipliedBy(window + 2L);
  }

  @Override
  public Duration now() {
    return now;
  }

  /** Forgets what is under way, as happens when the process that asked is gone. */
  void abandon() {
    queue.clear();
    arrivals.clear();
    busyUntil.clear();
  }

  @Override
  public void submit(List<Attempt> more) {
    queue.addAll(more);
    begin();
  }

  @Override
  public List<Answer> take(Duration limit) {
    Duration end = now.plus(limit);
    List<Answer> taken = new ArrayList<>();
    while (taken.isEmpty() && now.compareTo(end) < 0) {
      now = nextEvent(end);
      while (!arrivals.isEmpty() && arrivals.peek().when().compareTo(now) <= 0) {
        taken.add(arrivals.remove().answer());
      }
      busyUntil.removeIf(until -> until.compareTo(now) <= 0);
      begin();
    }
    return taken;
  }

  private Duration nextEvent(Duration end) {
    Duration next = end;
    if (!arrivals.isEmpty() && arrivals.peek().when().compareTo(next) < 0) {
      next = arrivals.peek().when();
    }
    if (!busyUntil.isEmpty() && busyUntil.peek().compareTo(next) < 0) {
      next = busyUntil.peek();
    }
    return next;
  }

  private void begin() {
    while (busyUntil.size() < workers && !queue.isEmpty()) {
      begin(queue.remove());
    }
  }

  private void begin(Attempt attempt) {
    Optional<Kind> fault = fault(attempt.candidate());
    Duration work = Duration.ofMillis(1 + random.nextLong(LIMIT.toMillis() / 2));
    Duration until = now.plus(fault.equals(Optional.of(Kind.ATTEMPT_HANG)) ? LIMIT : work);
    busyUntil.add(until);
    if (fault.isEmpty()) {
      answer(until, attempt, outcome(attempt.candidate()));
      return;
    }
    switch (fault.get()) {
      case ATTEMPT_DELAY -> answer(until.plus(LATE), attempt, outcome(attempt.candidate()));
      case ATTEMPT_DUPLICATE -> {
        answer(until, attempt, outcome(attempt.candidate()));
        answer(until.plus(LIMIT), attempt, outcome(attempt.candidate()));
      }
      case ATTEMPT_CRASH -> {
        // The news of a lost worker comes twice: from the cluster and from the connection.
        answer(until, attempt, new Failed(Failed.Kind.LOST, "its worker broke down"));
        answer(until.plus(LIMIT), attempt, new Failed(Failed.Kind.LOST, "connection lost"));
      }
      case ATTEMPT_NAN -> answer(until, attempt, new Failed(Failed.Kind.NOT_FINITE, "NaN"));
      default -> {
        // Dropped, or the worker hangs: nobody ever hears of it.
      }
    }
  }

  private void answer(Duration when, Attempt attempt, Outcome outcome) {
    Evaluation evaluation = new Evaluation(attempt.candidate(), outcome, when, 0);
    arrivals.add(new Arrival(when, order++, new Answer(attempt.number(), evaluation)));
  }

  private Optional<Kind> fault(Candidate candidate) {
    Optional<Kind> fault = faults.next();
    if (fault.isPresent() && faultsMet.merge(candidate, 1, Integer::sum) > MOST_FAULTS_EACH) {
      return Optional.empty();
    }
    return fault;
  }

  /** The formula's outcome, summed up over shards of which the store may know some. */
  private Outcome outcome(Candidate candidate) {
    Outcome whole = ToyProblem.outcome(candidate.structure());
    if (!(whole instanceof Outcome.Scored scored)) {
      return whole;
    }
    long correct = 0;
    for (int shard = 0; shard < SHARDS; shard++) {
      correct += shard(candidate.structure() + "/" + shard, scored.correct(), shard);
    }
    return new Outcome.Scored(correct, scored.images());
  }

  private long shard(String key, long correct, int shard) {
    byte[] known = store.getAll(Set.of(key)).get(key);
    if (known != null) {
      return ByteBuffer.wrap(known).getLong();
    }
    long part = shard == 0 ? correct / SHARDS : correct - correct / SHARDS;
    store.putAll(Map.of(key, ByteBuffer.allocate(8).putLong(part).array()));
    return part;
  }

  @Override
  public void close() {}
}
