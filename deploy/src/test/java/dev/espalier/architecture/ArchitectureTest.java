package dev.espalier.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/**
 * Holds the arrows of docs/architecture.md: who may know whom, and how large a package may grow.
 */
class ArchitectureTest {

  private static final int MOST_TYPES_PER_PACKAGE = 12;

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("dev.espalier");

  @Test
  void packages_anywhere_haveNoCycles() {
    slices().matching("dev.espalier.(*).(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void search_anyClass_knowsTheJdkOnly() {
    classes()
        .that()
        .resideInAPackage("dev.espalier.search..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.espalier.search..", "java..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void modules_anyClass_followTheArrows() {
    noClasses()
        .that()
        .resideInAPackage("dev.espalier.pruningnet..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.espalier.worker..", "dev.espalier.driver..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage("dev.espalier.worker..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.espalier.driver..")
        .check(CLASSES);
  }

  @Test
  void libraries_eachOne_hasOneHome() {
    onlyIn("ai.djl..", "dev.espalier.pruningnet..");
    onlyIn("org.apache.spark..", "dev.espalier.driver.spark..", "dev.espalier.driver.app..");
    onlyIn("org.apache.hadoop..", "dev.espalier.driver.service.store.hadoop..");
    onlyIn("com.hazelcast..", "dev.espalier.worker.cache..", "dev.espalier.driver.app..");
    onlyIn("io.prometheus..", "dev.espalier.worker.metrics..", "dev.espalier.driver.metrics..");
    onlyIn("picocli..", "dev.espalier.driver.cli..");
    onlyIn("ai.onnx..", "dev.espalier.pruningnet.onnx..");
    onlyIn("ai.onnxruntime..", "dev.espalier.pruningnet.onnx..");
  }

  @Test
  void search_anyClass_readsNoClockAndNoUnseededRandomness() {
    noClasses()
        .that()
        .resideInAPackage("dev.espalier.search..")
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(System.class, "nanoTime")
        .orShould()
        .callMethod(java.time.Instant.class, "now")
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callConstructor(java.util.Random.class)
        .check(CLASSES);
  }

  @Test
  void names_anyClass_sayWhatItIs() {
    noClasses().should().haveSimpleNameEndingWith("Impl").check(CLASSES);
    noClasses().should().haveSimpleNameEndingWith("Manager").check(CLASSES);
    noClasses().should().haveSimpleNameEndingWith("Helper").check(CLASSES);
    noClasses().should().haveSimpleNameEndingWith("Utils").check(CLASSES);
  }

  @Test
  void packages_anyOne_staySmallAndSayWhatTheyAreFor() {
    Map<String, List<String>> types =
        CLASSES.stream()
            .filter(type -> !type.isNestedClass() && !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getPackageName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getSimpleName, Collectors.toList())));
    Assertions.assertThat(types).isNotEmpty();
    types.forEach(
        (name, members) -> {
          Assertions.assertThat(members)
              .as("types of package %s", name)
              .hasSizeLessThanOrEqualTo(MOST_TYPES_PER_PACKAGE);
          JavaPackage described = CLASSES.getPackage(name);
          Assertions.assertThat(described.tryGetPackageInfo())
              .as("package-info of %s", name)
              .isPresent();
        });
  }

  private static void onlyIn(String library, String... homes) {
    noClasses()
        .that()
        .resideOutsideOfPackages(homes)
        .should()
        .dependOnClassesThat()
        .resideInAPackage(library)
        .check(CLASSES);
  }
}
