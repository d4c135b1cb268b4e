package dev.espalier.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.ConstraintSpec;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.job.SearchSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileTest {

  private static final String HEAD = "network: {name: resnet20}\ndata: {name: shapes-32}\n";

  @Test
  void parse_onlyRequiredFields_isJobWithEveryDefault() {
    assertThat(parse(HEAD)).isEqualTo(JobSpec.of("resnet20", "shapes-32"));
  }

  @Test
  void parse_fieldsGiven_overrideDefaults() {
    JobSpec job =
        parse(
            HEAD
                + """
                search:
                  strategy: nsga2
                  nsga2:
                    population: 20
                constraints:
                  - metric: macs
                    max: 50%
                  - {metric: parameters, min: 1000, max: 0.2M}
                """);

    assertThat(job.search().strategy()).isEqualTo(SearchSpec.Strategy.NSGA2);
    assertThat(job.search().nsga2()).isEqualTo(new SearchSpec.Nsga2(20, 0.9, 0.1));
    assertThat(job.constraints())
        .isEqualTo(
            List.of(
                new ConstraintSpec("macs", null, "50%"),
                new ConstraintSpec("parameters", "1000", "0.2M")));
  }

  @Test
  void parse_unknownKey_namesLineAndNearest() {
    assertRefused(
        HEAD + "search:\n  seed: 3\n  bugdet: 10\n",
        "job.yaml:5: search.bugdet is not a field of a job. Maybe 'budget' is meant?");
  }

  @Test
  void parse_noSeeds_saysHowManyThereCanBe() {
    assertRefused(
        "network:\n  name: cells\n  differentiable: {seeds: 0}\ndata: {name: shapes-32}\n",
        "job.yaml:3: network.differentiable.seeds");
  }

  @Test
  void parse_unknownKeyLikeNoOther_listsKnownOnes() {
    assertRefused(
        HEAD + "output:\n  colour: red\n",
        "job.yaml:4: output.colour is not a field of a job. Known here: name, metricsPort, priority.");
  }

  @Test
  void parse_wrongType_saysWhatIsExpected() {
    assertRefused(
        HEAD + "search:\n  budget: many\n",
        "job.yaml:4: search.budget: found \"many\", expected a whole number, at least 1 and at most"
            + " 10000000");
  }

  @Test
  void parse_outOfRange_saysRange() {
    assertRefused(
        HEAD + "pruningNet:\n  epochs: 3\n  labelSmoothing: 1.5\n",
        "job.yaml:5: pruningNet.labelSmoothing: found 1.5, expected a number, at least 0 and less"
            + " than 1");
  }

  @Test
  void parse_wrongWord_listsWords() {
    assertRefused(
        HEAD + "search:\n  strategy: annealing\n",
        "job.yaml:4: search.strategy: found \"annealing\", expected one of metapruning, nsga2,"
            + " random");
  }

  @Test
  void parse_wrongItemOfList_namesItem() {
    assertRefused(
        HEAD + "constraints:\n  - metric: macs\n    max: 50%\n  - metric: flops\n    max: 1\n",
        "job.yaml:6: constraints[1].metric: found \"flops\", expected one of macs, parameters,"
            + " weightBytes, activationBytes");
  }

  @Test
  void parse_missingField_isNamed() {
    assertRefused("network: {name: resnet20}\n", "job.yaml:1: data is missing, expected");
    assertRefused("data: {name: x}\nnetwork: {}\n", "job.yaml:2: network.name is missing");
  }

  @Test
  void parse_severalMistakes_givesOneLineEachInOrderOfTheFile() {
    assertThatThrownBy(() -> parse(HEAD + "output:\n  nmae: x\nsearch:\n  seed: one\n"))
        .hasMessageMatching("(?s)job.yaml:4: output.nmae[^\n]*\njob.yaml:6: search.seed[^\n]*");
  }

  @Test
  void parse_settingsThatContradict_areRefusedWithLine() {
    assertRefused(
        HEAD + "search:\n  metapruning:\n    population: 20\n",
        "job.yaml:4: search.metapruning.population: found 20, expected at least mutations +"
            + " crossovers (50)");
    assertRefused(
        HEAD + "constraints:\n  - metric: macs\n",
        "job.yaml:4: constraints: the one for macs has no min and no max");
  }

  @Test
  void parse_notYaml_namesLine() {
    assertRefused(
        HEAD + "search: [1, 2\n",
        "job.yaml:4: not YAML that a job can be read from: while parsing a flow sequence, expected"
            + " ',' or ']'");
    assertRefused(HEAD + "\tsearch:\n", "job.yaml:3: not YAML");
  }

  @Test
  void parse_keyTwice_isRefused() {
    assertRefused(HEAD + "data: {name: other}\n", "job.yaml:3: not YAML");
  }

  @Test
  void parse_emptyOrNoMapping_isRefused() {
    assertRefused("", "job.yaml:1: the job: found");
    assertRefused("- a\n- b\n", "job.yaml:1: the job: found");
  }

  @Test
  void read_noSuchFile_saysHowToWriteOne(@TempDir Path folder) {
    assertThatThrownBy(() -> JobFile.read(folder.resolve("absent.yaml")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("absent.yaml: no such file")
        .hasMessageContaining("espalier job init");
  }

  @Test
  void read_binaryFile_isRefused(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("job.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

    assertThatThrownBy(() -> JobFile.read(file))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("not a text file");
  }

  @Test
  void canonical_sameJobWrittenDifferently_isSameText() {
    String terse = JobFile.canonical(parse(HEAD));
    String wordy = JobFile.canonical(parse(JobTemplate.text()));

    assertThat(wordy).isEqualTo(terse).contains("\"strategy\":\"metapruning\"");
  }

  /** Defaults are no part of it: a version with more settings resumes the jobs of this one. */
  @Test
  void essence_anyJob_isWhatItAsksForBeyondTheDefaults() {
    assertThat(JobFile.essence(parse(HEAD)))
        .isEqualTo("{\"data\":{\"name\":\"shapes-32\"},\"network\":{\"name\":\"resnet20\"}}");
    assertThat(JobFile.essence(parse(JobTemplate.text()))).isEqualTo(JobFile.essence(parse(HEAD)));
    assertThat(JobFile.essence(parse(HEAD + "space: {smallest: 20, step: 10, fixed: [x]}\n")))
        .endsWith("\"space\":{\"fixed\":[\"x\"],\"smallest\":20,\"step\":10}}");
  }

  /** More of them may come, but none may change: jobs that are under way rely on them. */
  @Test
  void canonical_aJobOfDefaults_hasThoseOfEarlierVersions() throws IOException {
    JsonNode before;
    try (InputStream in = JobFileTest.class.getResourceAsStream("defaults.json")) {
      before = new ObjectMapper().readTree(in);
    }
    JsonNode now = new ObjectMapper().readTree(JobFile.canonical(parse(HEAD)));

    assertHasAll(now, before, "");
  }

  private static void assertHasAll(JsonNode now, JsonNode before, String place) {
    if (before.isObject()) {
      before
          .properties()
          .forEach(
              field ->
                  assertHasAll(
                      now.path(field.getKey()), field.getValue(), place + "/" + field.getKey()));
    } else {
      assertThat(now).as(place).isEqualTo(before);
    }
  }

  @Test
  void canonical_anyJob_readsBackAsItself() {
    JobSpec job = parse(HEAD + "constraints: [{metric: macs, max: 20M}]\n");

    assertThat(parse(JobFile.canonical(job))).isEqualTo(job);
  }

  @Test
  void parse_stagesThatCannotFollow_areRefusedWithLine() {
    assertStagesRefused(
        "[train, find]",
        "job.yaml:3: stages: found [train, find], expected one or more of [find, train, search,"
            + " confirm, fineTune], in this order and each once");
    assertStagesRefused("[]", "job.yaml:3: stages: found [], expected one or more of [find,");
    assertStagesRefused(
        "[train, confirm]",
        "job.yaml:3: stages: found [train, confirm], expected search before confirm");
    assertStagesRefused("[confirm]", "expected search before confirm");
    assertStagesRefused("[train, search, fineTune]", "expected confirm before fineTune");
    assertStagesRefused(
        "[train, train]", "stages: found [\"train\",\"train\"], expected a list without repeats");
    assertStagesRefused(
        "[trian]",
        "stages[0]: found \"trian\", expected one of find, train, search, confirm, fineTune");
  }

  private static void assertStagesRefused(String stages, String message) {
    assertRefused(HEAD + "stages: " + stages + "\n", message);
  }

  @Test
  void canonical_everyStage_readsBackAsItself() {
    JobSpec job =
        parse(HEAD + "stages: [find, train, search, confirm, fineTune]\nfineTune: {epochs: 2}\n");

    assertThat(parse(JobFile.canonical(job))).isEqualTo(job);
    assertThat(job.has(JobSpec.Stage.FINE_TUNE)).isTrue();
  }

  private static JobSpec parse(String text) {
    return JobFile.parse(text, "job.yaml").spec();
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> parse(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(message);
  }
}
