package dev.espalier.search.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;

import dev.espalier.search.simulation.Fault.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Plays many schedules, {@code -Dsim.schedules=1000000} of them by night, or the one of {@code
 * -Dsim.replay="search=3 faults=17 DISK_FULL@17"}.
 */
class SimulatorTest {

  private static final long SCHEDULES = Long.getLong("sim.schedules", 12_000);

  @Test
  void play_manySchedules_everyPromiseHolds() {
    String replay = System.getProperty("sim.replay", "");
    Stream<Schedule> schedules =
        replay.isEmpty()
            ? LongStream.range(0, SCHEDULES).mapToObj(Schedule::of)
            : Stream.of(Schedule.parse(replay));
    Map<Kind, Integer> met = new EnumMap<>(Kind.class);
    schedules.forEach(
        schedule -> {
          World.Play play = World.play(schedule);
          play.broken().ifPresent(promise -> failSmallest(schedule, promise));
          play.met().forEach(kind -> met.merge(kind, 1, Integer::sum));
        });

    if (replay.isEmpty()) {
      assertThat(met).as("faults that happened").containsOnlyKeys(Kind.values());
      assertThat(met.values()).allMatch(count -> count > SCHEDULES / 100);
    }
  }

  private static void failSmallest(Schedule schedule, String promise) {
    Schedule smallest = Shrinking.of(schedule, fewer -> World.play(fewer).broken().isPresent());
    fail(
        "%s%nplay it again with -Dsim.replay=\"%s\"%nfound as \"%s\""
            .formatted(promise, smallest, schedule));
  }

  static Stream<Kind> deaths() {
    return Stream.of(Kind.values()).filter(kind -> kind.part() == Fault.Part.DISK);
  }

  /** Of 20 searches, the machine, the process or the disk gives out at each single write. */
  @ParameterizedTest
  @MethodSource("deaths")
  void play_diskFailsAtEveryWrite_everyPromiseHolds(Kind death) {
    for (long seed = 0; seed < 20; seed++) {
      boolean happened = true;
      for (long write = 0; happened; write++) {
        Schedule schedule = new Schedule(seed, seed, List.of(new Fault(death, write)));
        World.Play play = World.play(schedule);
        assertThat(play.broken()).as(schedule.toString()).isEmpty();
        happened = play.met().contains(death);
      }
    }
  }

  @Test
  void of_scheduleWithNeedlessFaults_keepsTheOthers() {
    Fault needed = new Fault(Kind.DISK_FULL, 3);
    Fault alsoNeeded = new Fault(Kind.LOOP_STOP, 8);
    Fault needless = new Fault(Kind.STORE_EVICT, 1);
    Schedule schedule = new Schedule(1, 2, List.of(needless, needed, needless, alsoNeeded));
    Schedule smallest =
        Shrinking.of(schedule, one -> one.faults().containsAll(List.of(needed, alsoNeeded)));

    assertThat(smallest.faults()).containsExactly(needed, alsoNeeded);
    assertThat(Schedule.parse(smallest.toString())).isEqualTo(smallest);
  }
}
