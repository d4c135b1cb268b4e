package dev.espalier.search.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import dev.espalier.search.space.Structure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetryingPoolTest {

  private static final Candidate FIRST = new Candidate(0, Structure.of(1, 2));
  private static final Candidate SECOND = new Candidate(1, Structure.of(3, 4));
  private static final Outcome GOOD = new Outcome.Scored(7, 10);
  private static final Outcome LOST = new Outcome.Failed(Kind.LOST, "gone");
  private static final Outcome NAN = new Outcome.Failed(Kind.NOT_FINITE, "NaN");

  private final Script workers = new Script();
  private Duration now = Duration.ZERO;
  private final RetryingPool pool = new RetryingPool(workers, () -> now, Duration.ofSeconds(100));

  private List<Outcome> take() throws InterruptedException {
    return pool.take(Duration.ofSeconds(1)).stream().map(Evaluation::outcome).toList();
  }

  private static Answer answer(int attempt, Candidate candidate, Outcome outcome) {
    return new Answer(attempt, new Evaluation(candidate, outcome, Duration.ofSeconds(1), 0));
  }

  @Test
  void take_failedOnceAndTwice_triesAgainAndGivesTheScore() throws InterruptedException {
    pool.submit(List.of(FIRST));
    workers.answers.add(answer(1, FIRST, LOST));
    assertThat(take()).isEmpty();
    workers.answers.add(answer(2, FIRST, NAN));
    assertThat(take()).isEmpty();
    workers.answers.add(answer(3, FIRST, GOOD));

    assertThat(take()).containsExactly(GOOD);
    assertThat(workers.submitted)
        .containsExactly(new Attempt(FIRST, 1), new Attempt(FIRST, 2), new Attempt(FIRST, 3));
  }

  @Test
  void take_failedThreeTimes_givesTheLastFailureAndNeverTriesAgain() throws InterruptedException {
    pool.submit(List.of(FIRST, SECOND));
    workers.answers.add(answer(1, FIRST, LOST));
    take();
    workers.answers.add(answer(2, FIRST, LOST));
    take();
    workers.answers.add(answer(3, FIRST, NAN));

    assertThat(take()).as("nothing shows yet that the workers are sound").isEmpty();
    workers.answers.add(answer(1, SECOND, GOOD));
    assertThat(take()).containsExactly(GOOD, NAN);
    assertThat(workers.submitted).hasSize(4);
  }

  @Test
  void take_fewInFlightAllFail_givesTheirFailures() throws InterruptedException {
    pool.submit(List.of(FIRST, SECOND));

    assertThat(failAll(List.of(FIRST, SECOND))).containsExactly(LOST, LOST);
  }

  @Test
  void take_allOfManyFail_saysThatTheWorkersAreBroken() {
    List<Candidate> many =
        IntStream.range(0, 4).mapToObj(i -> new Candidate(i, Structure.of(i))).toList();
    pool.submit(many);

    assertThatExceptionOfType(WorkersBrokenException.class)
        .isThrownBy(() -> failAll(many))
        .withMessageContainingAll("all 4 structures", "3 times each", "LOST, gone");
  }

  /** What the last of three failed attempts of each candidate comes to. */
  private List<Outcome> failAll(List<Candidate> candidates) throws InterruptedException {
    List<Outcome> outcomes = List.of();
    for (int attempt = 1; attempt <= RetryingPool.ATTEMPTS; attempt++) {
      for (Candidate candidate : candidates) {
        workers.answers.add(answer(attempt, candidate, LOST));
      }
      outcomes = take();
    }
    return outcomes;
  }

  @Test
  void take_noAnswerInTime_triesAgainAndAtLastSaysLost() throws InterruptedException {
    pool.submit(List.of(FIRST));
    for (int attempt = 1; attempt < RetryingPool.ATTEMPTS; attempt++) {
      now = now.plusSeconds(99);
      assertThat(take()).isEmpty();
      assertThat(workers.submitted).hasSize(attempt);
      now = now.plusSeconds(1);
      assertThat(take()).isEmpty();
      assertThat(workers.submitted).hasSize(attempt + 1);
    }
    now = now.plusSeconds(100);

    assertThat(take()).containsExactly(new Outcome.Failed(Kind.LOST, "no answer within 100 s"));
  }

  @Test
  void take_lateAnswers_countOnlyIfTheyAreScores() throws InterruptedException {
    pool.submit(List.of(FIRST, SECOND));
    now = now.plusSeconds(100);
    take();
    assertThat(workers.submitted).hasSize(4);
    workers.answers.add(answer(1, FIRST, LOST));
    workers.answers.add(answer(1, SECOND, GOOD));

    assertThat(take()).containsExactly(GOOD);
    assertThat(workers.submitted).hasSize(4);
    workers.answers.add(answer(2, SECOND, GOOD));
    workers.answers.add(answer(2, FIRST, GOOD));
    assertThat(take()).containsExactly(GOOD);
  }

  @Test
  void take_answerTwiceOrForNobody_isPassedOver() throws InterruptedException {
    pool.submit(List.of(FIRST));
    workers.answers.add(answer(1, FIRST, GOOD));
    workers.answers.add(answer(1, FIRST, GOOD));
    workers.answers.add(answer(1, SECOND, GOOD));
    workers.answers.add(answer(1, new Candidate(0, Structure.of(9, 9)), GOOD));

    assertThat(take()).containsExactly(GOOD);
  }

  @Test
  void close_pool_closesItsWorkers() {
    pool.close();

    assertThat(workers.closed).isTrue();
  }

  /** Workers that answer as they are told to. */
  private static final class Script implements AttemptPool {
    private final List<Attempt> submitted = new ArrayList<>();
    private final List<Answer> answers = new ArrayList<>();
    private boolean closed;

    @Override
    public void submit(List<Attempt> attempts) {
      submitted.addAll(attempts);
    }

    @Override
    public List<Answer> take(Duration limit) {
      List<Answer> taken = List.copyOf(answers);
      answers.clear();
      return taken;
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
