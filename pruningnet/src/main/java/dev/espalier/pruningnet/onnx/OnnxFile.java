package dev.espalier.pruningnet.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import dev.espalier.pruningnet.model.TrainedNetwork;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * A network as an ONNX file, whose metadata say what its numbers mean and what it was made from.
 *
 * <p>Input {@code images}: batch x channels x height x width, float32, scaled as the metadata say;
 * output {@code scores}: batch x classes. The batch may be of any size.
 */
public final class OnnxFile {

  private OnnxFile() {}

  /**
   * Writes a file, replacing one of this name.
   *
   * @param more metadata, besides what the network knows of itself
   */
  public static void write(Path file, TrainedNetwork trained, Map<String, String> more) {
    try {
      Files.write(file, model(trained, more).toByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  private static ModelProto model(TrainedNetwork trained, Map<String, String> more) {
    ModelProto.Builder model =
        OnnxModel.of(OnnxGraph.of(trained.network(), new TrainedValues(trained)));
    add(model, trained.images().entries());
    add(model, trained.provenance());
    add(model, more);
    return model.build();
  }

  private static void add(ModelProto.Builder model, Map<String, String> entries) {
    entries.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
  }
}
