package dev.espalier.driver.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.service.file.Json;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageTest {

  @ParameterizedTest
  @EnumSource
  void word_ofAnyStage_isItsNameInFilesToo(Stage stage) {
    String json = Json.line(stage);

    assertThat(json.strip()).isEqualTo("\"%s\"".formatted(stage.word()));
    assertThat(Json.parse(json.getBytes(StandardCharsets.UTF_8), "stage", Stage.class))
        .isEqualTo(stage);
  }
}
