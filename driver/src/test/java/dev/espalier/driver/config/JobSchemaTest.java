package dev.espalier.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.search.job.ConstraintSpec;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.job.Nearest;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobSchemaTest {

  private static final Field JOB = JobSchema.shipped().job();

  @Test
  void keys_everySection_areComponentsOfItsRecord() {
    assertSameKeys(JOB, JobSpec.class, "the job");
    assertSameKeys(
        new Field(JOB.field("constraints").schema().path("items")),
        ConstraintSpec.class,
        "constraints");
  }

  @Test
  void defaults_everyField_areThoseOfTheRecords() throws Exception {
    JsonNode records =
        new ObjectMapper().readTree(JobFile.canonical(JobSpec.of("resnet20", "shapes-32")));

    assertThat(samples(JOB)).isEqualTo(records);
  }

  @Test
  void description_everyField_isSaid() {
    List<String> silent = new ArrayList<>();
    collectSilent(JOB, "job", silent);

    assertThat(silent).isEmpty();
  }

  @Test
  void keys_neighbours_areNotTakenForMisspellingsOfEachOther() {
    for (String key : JOB.keys()) {
      List<String> others = JOB.keys().stream().filter(other -> !other.equals(key)).toList();
      assertThat(Nearest.to(key, others)).as(key).isEmpty();
    }
  }

  private static void assertSameKeys(Field section, Class<?> type, String name) {
    RecordComponent[] components = type.getRecordComponents();
    assertThat(section.keys())
        .as(name)
        .containsExactlyElementsOf(
            Arrays.stream(components).map(RecordComponent::getName).toList());
    for (RecordComponent component : components) {
      if (component.getType().isRecord()) {
        assertSameKeys(
            section.field(component.getName()), component.getType(), component.getName());
      }
    }
  }

  private static JsonNode samples(Field section) {
    var values = new ObjectMapper().createObjectNode();
    for (String key : section.keys()) {
      Field field = section.field(key);
      values.set(key, field.isSection() ? samples(field) : field.sample());
    }
    return values;
  }

  private static void collectSilent(Field section, String name, List<String> silent) {
    if (section.description().isEmpty()) {
      silent.add(name);
    }
    section.keys().forEach(key -> collectSilent(section.field(key), name + "." + key, silent));
  }
}
