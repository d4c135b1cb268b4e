package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The list of what is shipped is whole, and everything in it may be shipped. */
class BillOfMaterialsIT {

  private static final Path LIB = Espalier.LAUNCHER.resolve("../../target/lib").normalize();

  /** One of a jar's licenses is enough: where there are several, one may choose. */
  private static final Pattern ALLOWED =
      Pattern.compile(
          "Apache.*2\\.0.*|(The )?MIT.*|(The )?(\\(New\\) )?BSD.*|0BSD|Unicode-3\\.0|EPL-[12]\\.0.*|CC0-1\\.0|Public Domain.*|.*GPL-2\\.0-with-classpath-exception\\)?",
          Pattern.CASE_INSENSITIVE);

  /** Of Spark's own, whose descriptions name no license: both have Apache's in the jar. */
  private static final Pattern UNNAMED = Pattern.compile("(oro|xbean-asm9-shaded)-.*");

  private static JsonNode bill;

  @BeforeAll
  static void readBill() throws IOException {
    bill = new ObjectMapper().readTree(LIB.resolve("espalier.cdx.json").toFile());
  }

  @Test
  void bill_components_areTheJarsThatAreShipped() throws IOException {
    List<String> jars =
        Folders.names(LIB).stream().filter(name -> name.endsWith(".jar")).sorted().toList();

    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(components().stream().map(BillOfMaterialsIT::jar).sorted().toList())
        .hasSizeGreaterThan(50)
        .isEqualTo(jars);
  }

  @Test
  void bill_licenses_areAllowed() {
    Map<String, String> refused = new HashMap<>();
    for (JsonNode component : components()) {
      List<String> licenses = new ArrayList<>();
      component.findValues("licenses").forEach(l -> collect(l, licenses));
      boolean known = licenses.stream().anyMatch(license -> ALLOWED.matcher(license).matches());
      if (!known && !UNNAMED.matcher(jar(component)).matches()) {
        refused.put(jar(component), String.join(", ", licenses));
      }
    }
    assertThat(refused).isEmpty();
  }

  private static void collect(JsonNode licenses, List<String> into) {
    for (JsonNode choice : licenses) {
      for (JsonNode name :
          List.of(
              choice.at("/license/id"), choice.at("/license/name"), choice.path("expression"))) {
        if (name.isTextual()) {
          into.add(name.asText());
        }
      }
    }
  }

  private static List<JsonNode> components() {
    return StreamSupport.stream(bill.path("components").spliterator(), false)
        .collect(Collectors.toList());
  }

  /** The name of the file, from the component's address: pkg:maven/group/name@version?... */
  private static String jar(JsonNode component) {
    String address = component.path("purl").asText();
    int classifier = address.indexOf("classifier=");
    String suffix =
        classifier < 0
            ? ""
            : "-" + address.substring(classifier + "classifier=".length()).split("&", 2)[0];
    return "%s-%s%s.jar"
        .formatted(component.path("name").asText(), component.path("version").asText(), suffix);
  }
}
