package dev.espalier.search.simulation.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulator finds each of these bugs within {@link #SCHEDULES} schedules. */
class PlantedBugsTest {

  private static final long SCHEDULES = 1000;

  @TempDir Path folder;

  static Stream<PlantedBug> bugs() {
    return Stream.of(
        new PlantedBug(
            "results are not forced", "journal/Journal.java", "disk.force(segment);", ""),
        new PlantedBug(
            "results are acknowledged before they are durable",
            "run/SearchLoop.java",
            "journal.append(fresh);\n        fresh.forEach(listener::returned);",
            "fresh.forEach(listener::returned);\n        journal.append(fresh);"),
        new PlantedBug(
            "whole files are not forced", "journal/WholeFile.java", "disk.force(temporary);", ""),
        new PlantedBug(
            "whole files are renamed before they are forced",
            "journal/WholeFile.java",
            "disk.force(temporary);\n    disk.rename(temporary, name);\n    disk.forceNames();",
            "disk.rename(temporary, name);\n    disk.forceNames();\n    disk.force(name);"),
        new PlantedBug(
            "the folder is not forced", "journal/WholeFile.java", "disk.forceNames();", ""),
        new PlantedBug(
            "the end of an unfinished append is kept",
            "journal/format/Segment.java",
            "return Arrays.copyOf(bytes, end);",
            "return bytes.clone();"),
        new PlantedBug(
            "an opening trusts bytes that were never forced",
            "journal/Journal.java",
            "journal.begin(last.begin(), last.records());",
            "journal.begin(reader.sequence() + 1, Segment.magic());"),
        new PlantedBug(
            "an earlier owner is not refused",
            "journal/Journal.java",
            "if (newest > epoch) {",
            "if (newest < epoch) {"),
        new PlantedBug(
            "a compacted file says that it replaces one record more",
            "journal/Journal.java",
            "sealed.get(sealed.size() - 1).through(), results);",
            "sealed.get(sealed.size() - 1).through() + 1, results);"),
        new PlantedBug(
            "files are removed before what replaces them is durable",
            "journal/Compaction.java",
            "    WholeFile.write(",
            "    for (String name : JournalFiles.of(disk).chain().subList(0, 2)) disk.delete(name);\n"
                + "    WholeFile.write("),
        new PlantedBug(
            "results that came before are journaled again",
            "run/SearchLoop.java",
            ".filter(evaluation -> search.counts(state, evaluation))",
            ""),
        new PlantedBug(
            "a result that is replayed twice counts twice",
            "run/Search.java",
            " && counts(state, returned.evaluation())",
            ""),
        new PlantedBug(
            "a result goes to the candidate that waits longest",
            "run/Search.java",
            "int place = place(state, evaluation.candidate());",
            "int place = 0;"),
        new PlantedBug(
            "one candidate too many is proposed",
            "run/Search.java",
            "now.asked() < budget",
            "now.asked() <= budget"),
        new PlantedBug(
            "random streams have a common source",
            "random/RandomStreams.java",
            "    return FACTORY.create(mix(derive(name) + number));",
            "    return COMMON;\n  }\n\n"
                + "  private static final RandomGenerator COMMON = FACTORY.create(7);\n\n"
                + "  RandomGenerator own(String name, long number) {\n"
                + "    return FACTORY.create(mix(derive(name) + number));"),
        new PlantedBug(
            "results behind a checkpoint are forgotten",
            "run/SavedSearch.java",
            "journal.replay(from.sequence(), replay);",
            "journal.replay(from.sequence() + 1, replay);"),
        new PlantedBug(
            "a checkpoint says that it knows one record more",
            "run/SavedSearch.java",
            "new Checkpoint(sequence, ",
            "new Checkpoint(sequence + 1, "),
        new PlantedBug(
            "one failed attempt is enough",
            "attempt/RetryingPool.java",
            "ATTEMPTS = 3;",
            "ATTEMPTS = 1;"),
        new PlantedBug(
            "an attempt without an answer is waited for",
            "attempt/RetryingPool.java",
            "flight.overdue().compareTo(now) <= 0",
            "false"),
        new PlantedBug(
            "candidates without a result are not submitted again",
            "run/Search.java",
            "state.unanswered().forEach(candidate -> actions.add(new Action.Submit(candidate)));",
            ""));
  }

  @ParameterizedTest
  @MethodSource("bugs")
  void play_engineWithABug_findsIt(PlantedBug bug) throws IOException {
    OptionalLong found = firstBroken(bug.player(folder));
    assertThat(found).as("number of the first schedule that shows it").isPresent();
  }

  @Test
  void play_engineLoadedOnceMore_keepsItsPromises() {
    assertThat(firstBroken(EngineLoader.player(List.of()))).isEmpty();
  }

  private static OptionalLong firstBroken(LongFunction<Optional<String>> player) {
    return LongStream.range(0, SCHEDULES)
        .filter(number -> player.apply(number).isPresent())
        .findFirst();
  }
}
