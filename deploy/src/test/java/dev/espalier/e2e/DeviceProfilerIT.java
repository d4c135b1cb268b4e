package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.latency.LatencyText;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar that is taken to a device, and the table that comes back from there. */
class DeviceProfilerIT {

  private static final Path JAR =
      Espalier.LAUNCHER.resolve("../../target/espalier-profile.jar").normalize();

  @TempDir private Path folder;

  @Test
  void jar_planOfANetwork_writesATableThatPredictsIt() throws Exception {
    Espalier.Ended planned =
        new Espalier(Espalier.LAUNCHER, folder.resolve("home"), folder)
            .run("profile", "--network", "resnet20", "--image", "3x16x16", "--plan");
    assertThat(planned.code()).as(planned.err()).isZero();

    Process process =
        java("profile.plan", "--widths", "2", "--measurements", "2", "--device", "a box");
    assertThat(process.waitFor()).as(text("err")).isZero();

    LatencyTable table =
        LatencyText.parse(Files.readString(folder.resolve("latency.tsv")), "latency.tsv");
    assertThat(table.device().name()).isEqualTo("a box");
    assertThat(table.microseconds(Zoo.network("resnet20", new Shape(3, 16, 16), 10)))
        .isBetween(10.0, 1e6);
    assertThat(text("out")).contains("operations").contains("latency.tsv");
    assertThat(text("err")).contains("Timing ");
  }

  @Test
  void jar_fileThatIsNoPlan_isRefused() throws Exception {
    Files.writeString(folder.resolve("bad.plan"), "net image\n");

    assertThat(java("bad.plan").waitFor()).isEqualTo(2);
    assertThat(text("err")).contains("bad.plan: found 1 networks, expected two");
  }

  @Test
  void jar_contents_areSmallAndSearchNothing() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(30L << 20);
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(Object::toString).toList();
      assertThat(names)
          .contains("ai/onnxruntime/native/linux-x64/libonnxruntime.so")
          .contains("ai/onnxruntime/native/linux-aarch64/libonnxruntime.so")
          .noneMatch(name -> name.startsWith("ai/djl/") || name.startsWith("org/apache/spark"))
          .noneMatch(name -> name.contains("/native/osx") || name.contains("/native/win"));
    }
  }

  private Process java(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name));
  }
}
