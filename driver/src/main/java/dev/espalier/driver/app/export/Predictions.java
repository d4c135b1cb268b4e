package dev.espalier.driver.app.export;

import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import dev.espalier.pruningnet.dataset.picture.BrokenPictureException;
import dev.espalier.pruningnet.dataset.picture.Picture;
import dev.espalier.pruningnet.dataset.picture.PictureDecoder;
import dev.espalier.pruningnet.onnx.Classifier;
import dev.espalier.pruningnet.onnx.Classifier.Guess;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a network sees in pictures.
 *
 * @param images the pictures, in the order asked for
 */
public record Predictions(List<Prediction> images) {

  private static final int SHOWN = 3;

  /**
   * What it sees in one.
   *
   * @param image its file
   * @param guesses the likeliest classes, best first
   */
  public record Prediction(String image, List<Guess> guesses) {}

  /**
   * Asks a network about pictures.
   *
   * @param model an ONNX file
   * @param images JPEG or PNG files, of any size
   * @throws BadInputException naming the file that cannot be read
   */
  public static Predictions of(Path model, List<Path> images) {
    try (Classifier classifier =
        Classifier.open(model, Runtime.getRuntime().availableProcessors())) {
      return new Predictions(
          images.stream()
              .map(
                  image ->
                      new Prediction(
                          image.toString(),
                          classifier.classify(picture(image)).stream().limit(SHOWN).toList()))
              .toList());
    }
  }

  private static Picture picture(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new BadInputException("%s: there is no such file".formatted(file));
    }
    try (InputStream in = Files.newInputStream(file)) {
      return PictureDecoder.decode(PictureDecoder.read(in));
    } catch (BrokenPictureException e) {
      throw new BadInputException("%s: %s".formatted(file, e.reason()), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** For people. */
  public String text() {
    Table table = Table.of("image", "class", ">", "or", ">", "or", ">");
    for (Prediction one : images) {
      String[] row = new String[1 + 2 * SHOWN];
      row[0] = one.image();
      for (int i = 0; i < SHOWN; i++) {
        boolean there = i < one.guesses().size();
        row[1 + 2 * i] = there ? one.guesses().get(i).name() : "";
        row[2 + 2 * i] = there ? Words.percent(one.guesses().get(i).probability()) : "";
      }
      table.row(row);
    }
    return table.toString();
  }
}
