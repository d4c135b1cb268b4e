package dev.espalier.search.attempt;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes a reliable pool of unreliable workers: every candidate comes back exactly once. A failed
 * attempt is followed by another one, and so is an attempt without an answer when its time is up;
 * after the last one the candidate comes back as {@link Outcome.Failed}, so that a structure that
 * breaks its workers cannot hold up the search. It comes back only once another one has succeeded
 * since its first failure, or there is nothing else to wait for: where several structures fail and
 * none succeeds, it is the workers that are broken, and nothing is held against the structures. An
 * attempt that succeeds after it was given up still counts, as it measured the same; one that fails
 * then does not.
 *
 * <p>Attempts are counted in memory: a search that is resumed counts from 1 again.
 *
 * <p>Used by one thread.
 */
public final class RetryingPool implements EvaluationPool {

  /** Attempts after which a structure is given up. */
  public static final int ATTEMPTS = 3;

  /** Structures of which all may fail one after the other by chance. */
  private static final int BAD_LUCK = 3;

  private record Flight(Attempt attempt, Duration overdue) {}

  private final AttemptPool workers;
  private final Clock clock;
  private final Duration longest;
  private final Map<Long, Flight> flights = new HashMap<>();
  private final List<Evaluation> givenUp = new ArrayList<>();

  /**
   * A pool over workers, which it closes.
   *
   * @param longest time after which an attempt is not waited for any more; at least as long as all
   *     attempts together that may be queued before it
   */
  public RetryingPool(AttemptPool workers, Clock clock, Duration longest) {
    this.workers = workers;
    this.clock = clock;
    this.longest = longest;
  }

  @Override
  public void submit(List<Candidate> candidates) {
    send(candidates.stream().map(candidate -> new Attempt(candidate, 1)).toList());
  }

  /**
   * As the port says.
   *
   * @throws WorkersBrokenException if all of several structures in flight failed
   */
  @Override
  public List<Evaluation> take(Duration limit) throws InterruptedException {
    List<Evaluation> done = new ArrayList<>();
    List<Attempt> again = new ArrayList<>();
    for (Answer answer : workers.take(limit)) {
      land(answer, done, again);
    }
    for (Flight flight : overdue()) {
      land(unanswered(flight.attempt()), done, again);
    }
    send(again);
    release(done);
    return done;
  }

  @Override
  public void close() {
    workers.close();
  }

  private void send(List<Attempt> attempts) {
    if (!attempts.isEmpty()) {
      Duration overdue = clock.now().plus(longest);
      attempts.forEach(
          attempt -> flights.put(attempt.candidate().index(), new Flight(attempt, overdue)));
      workers.submit(attempts);
    }
  }

  private void land(Answer answer, List<Evaluation> done, List<Attempt> again) {
    Candidate candidate = answer.evaluation().candidate();
    Optional<Attempt> waiting =
        Optional.ofNullable(flights.get(candidate.index()))
            .map(Flight::attempt)
            .filter(attempt -> attempt.candidate().equals(candidate));
    if (waiting.isEmpty()) {
      return;
    }
    boolean scored = answer.evaluation().outcome() instanceof Outcome.Scored;
    if (!scored && waiting.get().number() != answer.attempt()) {
      return;
    }
    flights.remove(candidate.index());
    if (scored) {
      done.add(answer.evaluation());
    } else if (answer.attempt() == ATTEMPTS) {
      givenUp.add(answer.evaluation());
    } else {
      again.add(new Attempt(candidate, answer.attempt() + 1));
    }
  }

  private void release(List<Evaluation> done) {
    if (givenUp.isEmpty() || (done.isEmpty() && !flights.isEmpty())) {
      return;
    }
    if (done.isEmpty() && givenUp.size() > BAD_LUCK) {
      throw new WorkersBrokenException(givenUp);
    }
    done.addAll(givenUp);
    givenUp.clear();
  }

  private List<Flight> overdue() {
    Duration now = clock.now();
    return flights.values().stream()
        .filter(flight -> flight.overdue().compareTo(now) <= 0)
        .sorted(Comparator.comparing(flight -> flight.attempt().candidate().index()))
        .toList();
  }

  private Answer unanswered(Attempt attempt) {
    Outcome lost =
        new Outcome.Failed(
            Outcome.Failed.Kind.LOST, "no answer within %s s".formatted(longest.toSeconds()));
    return new Answer(attempt.number(), new Evaluation(attempt.candidate(), lost, longest, 0));
  }
}
