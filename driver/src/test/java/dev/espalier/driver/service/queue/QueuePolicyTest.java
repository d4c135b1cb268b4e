package dev.espalier.driver.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.service.JobId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueuePolicyTest {

  private static final long MINE = 7;
  private static final QueuePolicy TWO = new QueuePolicy(2, 3);

  @Test
  void next_severalPriorities_highestFirstThenTheOrderOfSubmission() {
    List<Ticket> tickets =
        List.of(
            waits("low", -1, 0), waits("late", 0, 2), waits("early", 0, 1), waits("high", 5, 3));

    assertThat(new QueuePolicy(4, 9).next(tickets, MINE))
        .extracting(ticket -> ticket.id().text())
        .containsExactly("high", "early", "late", "low");
  }

  @Test
  void next_lowPriorityHasWaitedLonger_beginsBeforeWhatComesLater() {
    long hour = Ticket.POINT.toSeconds();
    List<Ticket> tickets =
        List.of(
            waits("low", -1, 0), waits("soon", 1, 2 * hour - 1), waits("late", 1, 2 * hour + 1));

    assertThat(new QueuePolicy(4, 9).next(tickets, MINE))
        .extracting(ticket -> ticket.id().text())
        .containsExactly("soon", "low", "late");
  }

  /** However many keep coming: the bound depends on the two priorities alone. */
  @Property(tries = 200)
  void order_anyTwoJobs_overtakesAtMostAnHourForEachPointBetweenThem(
      @ForAll @IntRange(min = -1000, max = 1000) int low,
      @ForAll @IntRange(min = -1000, max = 1000) int high,
      @ForAll @IntRange(max = 10_000_000) int between) {
    Ticket first = waits("first", low, 0);
    Ticket second = waits("second", high, between);
    boolean overtaken = Ticket.ORDER.compare(second, first) < 0;

    assertThat(overtaken).isEqualTo(between < (high - low) * Ticket.POINT.toSeconds());
  }

  @Test
  void next_someRun_fillsUpToTheLimit() {
    List<Ticket> tickets = List.of(runs("a", MINE), waits("b", 0, 1), waits("c", 0, 2));

    assertThat(TWO.next(tickets, MINE)).extracting(Ticket::id).containsExactly(new JobId("b"));
    assertThat(TWO.next(List.of(runs("a", MINE), runs("b", MINE), waits("c", 9, 2)), MINE))
        .isEmpty();
  }

  @Test
  void next_moreRunThanTheLimit_isNone() {
    assertThat(
            new QueuePolicy(1, 3)
                .next(List.of(runs("a", MINE), runs("b", MINE), waits("c", 9, 2)), MINE))
        .isEmpty();
  }

  @Test
  void next_leftByADeadService_startsInItsOldPlace() {
    List<Ticket> tickets = List.of(waits("new", 0, 5), runs("old", MINE - 1));

    assertThat(TWO.next(tickets, MINE))
        .extracting(ticket -> ticket.id().text())
        .containsExactly("old", "new");
  }

  @Test
  void next_askedToStopBeforeItBegan_neverStarts() {
    assertThat(TWO.next(List.of(waits("a", 0, 0).asked(), runs("b", 1).asked()), MINE)).isEmpty();
  }

  @Test
  void next_threeServicesInARowDiedWithIt_neverStarts() {
    Ticket ticket = waits("a", 0, 0).startedBy(1).startedBy(2);

    assertThat(TWO.next(List.of(ticket), 3)).containsExactly(ticket);
    assertThat(TWO.next(List.of(ticket.startedBy(3)), 4)).isEmpty();
    assertThat(TWO.next(List.of(ticket.startedBy(3).released()), 4)).hasSize(1);
  }

  @Test
  void full_countsWaitingJobsOnly() {
    List<Ticket> tickets =
        new ArrayList<>(List.of(runs("a", MINE), waits("b", 0, 1), waits("c", 0, 2)));

    assertThat(TWO.full(tickets, MINE)).isFalse();
    tickets.add(waits("d", 0, 3));
    assertThat(TWO.full(tickets, MINE)).isTrue();
  }

  @Test
  void released_ticket_keepsItsPlace() {
    Ticket ticket = waits("a", 3, 4);

    assertThat(ticket.startedBy(MINE).released()).isEqualTo(ticket);
  }

  @Property(tries = 200)
  void next_anyJobs_allStartOnceInTheOrderOfTheQueue(
      @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 2) Integer> priorities,
      @ForAll @IntRange(min = 1, max = 5) int jobs,
      @ForAll @IntRange(max = 1000) int pick) {
    List<Ticket> tickets = new ArrayList<>();
    for (int i = 0; i < priorities.size(); i++) {
      tickets.add(waits("job-" + i, priorities.get(i), i / 2));
    }
    Collections.reverse(tickets);
    QueuePolicy policy = new QueuePolicy(jobs, 100);
    List<Ticket> started = new ArrayList<>();
    while (!tickets.isEmpty()) {
      for (Ticket next : policy.next(tickets, MINE)) {
        tickets.set(tickets.indexOf(next), next.startedBy(MINE));
        started.add(next);
      }
      List<Ticket> running = tickets.stream().filter(ticket -> ticket.runsIn(MINE)).toList();
      assertThat(running).isNotEmpty().hasSizeLessThanOrEqualTo(jobs);
      tickets.remove(running.get((pick + started.size()) % running.size()));
    }

    assertThat(started)
        .hasSameSizeAs(priorities)
        .doesNotHaveDuplicates()
        .isSortedAccordingTo(Ticket.ORDER);
  }

  @Test
  void policy_withoutJobsOrPlaces_isRefused() {
    assertThatThrownBy(() -> new QueuePolicy(0, 1)).hasMessageContaining("found 0 and 1");
    assertThatThrownBy(() -> new QueuePolicy(1, 0)).hasMessageContaining("found 1 and 0");
  }

  private static Ticket waits(String id, int priority, long second) {
    return ticket(id, priority, second, null);
  }

  private static Ticket runs(String id, long epoch) {
    return ticket(id, 0, 0, epoch);
  }

  private static Ticket ticket(String id, int priority, long second, @Nullable Long epoch) {
    return new Ticket(
        new JobId(id), priority, Instant.ofEpochSecond(second), false, epoch, false, 0);
  }
}
