package dev.espalier.driver.cli.data;

import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.progress.Screen;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.pruningnet.dataset.imports.ImportReport;
import dev.espalier.pruningnet.dataset.imports.ImportSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier data import}: packs images into a data set of this home. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    description = {
      "Import images: a folder or a zip with one folder of JPEG or PNG images per class (or such",
      "folders inside 'train' and 'test'), or the binary files of CIFAR-10 or CIFAR-100."
    })
final class Import implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "PATH", description = "What to import.")
  @SuppressWarnings("NullAway.Init")
  private Path path;

  @Option(
      names = "--name",
      required = true,
      paramLabel = "NAME",
      description = "What job files call it: lower-case letters, digits, dots and dashes.")
  @SuppressWarnings("NullAway.Init")
  private String name;

  @Option(
      names = "--resize",
      paramLabel = "SIDE",
      description = "Scale and crop every image to a square of this many pixels.")
  private @Nullable Integer resize;

  @Option(names = "--grayscale", description = "Turn every image into one channel.")
  private boolean grayscale;

  @Option(names = "--skip-broken", description = "Leave unreadable images out and list them.")
  private boolean skipBroken;

  @Option(
      names = "--per-class",
      paramLabel = "N",
      description = "Take at most this many images of each class, for training and for test.")
  private @Nullable Integer perClass;

  @Option(
      names = "--test",
      paramLabel = "PATH",
      description = "Where the test images are, if PATH holds none.")
  private @Nullable Path test;

  @Override
  public void run() {
    ImportSettings settings =
        new ImportSettings(
            optional(resize), grayscale, skipBroken, optional(perClass), Optional.ofNullable(test));
    try (Screen screen = output.screen()) {
      screen.stage(Stage.PREPARING, "Importing %s".formatted(path));
      ImportReport report =
          DataStore.of(home.home())
              .add(
                  name,
                  path,
                  settings,
                  (done, total) -> screen.progress(new Progress(done, total, "images", "")));
      report.broken().forEach(b -> screen.note("left out %s: %s".formatted(b.image(), b.reason())));
      output.print(
          Map.of("dataset", report.dataset().info(), "broken", report.broken()),
          DatasetText.of(report.dataset().info())
              + (report.broken().isEmpty()
                  ? ""
                  : "%d broken images left out%n".formatted(report.broken().size())));
    }
  }

  private static OptionalInt optional(@Nullable Integer value) {
    return value == null ? OptionalInt.empty() : OptionalInt.of(value);
  }
}
