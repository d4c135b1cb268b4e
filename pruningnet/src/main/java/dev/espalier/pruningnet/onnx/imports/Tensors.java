package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * Reads constants of an ONNX file, in the file or in others beside it.
 *
 * @param file the ONNX file
 */
record Tensors(Path file) {

  /** Values of float32, in row-major order. */
  float[] floats(TensorProto tensor) {
    require(tensor, TensorProto.DataType.FLOAT);
    int count = count(tensor);
    float[] values = new float[count];
    if (tensor.getFloatDataCount() == count && count > 0) {
      for (int i = 0; i < count; i++) {
        values[i] = tensor.getFloatData(i);
      }
    } else {
      bytes(tensor, (long) count * Float.BYTES).asFloatBuffer().get(values);
    }
    return values;
  }

  /** Values of int64. */
  long[] integers(TensorProto tensor) {
    require(tensor, TensorProto.DataType.INT64);
    int count = count(tensor);
    long[] values = new long[count];
    if (tensor.getInt64DataCount() == count && count > 0) {
      for (int i = 0; i < count; i++) {
        values[i] = tensor.getInt64Data(i);
      }
    } else {
      bytes(tensor, (long) count * Long.BYTES).asLongBuffer().get(values);
    }
    return values;
  }

  private void require(TensorProto tensor, TensorProto.DataType type) {
    if (tensor.getDataType() != type.getNumber()) {
      throw refused(
          tensor,
          "it holds %s, expected %s"
              .formatted(TensorProto.DataType.forNumber(tensor.getDataType()), type));
    }
  }

  private int count(TensorProto tensor) {
    long count = 1;
    for (long dimension : tensor.getDimsList()) {
      if (dimension < 0 || count * dimension > Integer.MAX_VALUE) {
        throw refused(tensor, "dimensions %s are not possible".formatted(tensor.getDimsList()));
      }
      count *= dimension;
    }
    return (int) count;
  }

  private ByteBuffer bytes(TensorProto tensor, long length) {
    ByteBuffer bytes =
        tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
            ? external(tensor, length)
            : tensor.getRawData().asReadOnlyByteBuffer();
    if (bytes.remaining() != length) {
      throw refused(
          tensor,
          "found %d bytes, expected %d for %s"
              .formatted(bytes.remaining(), length, tensor.getDimsList()));
    }
    return bytes.order(ByteOrder.LITTLE_ENDIAN);
  }

  private ByteBuffer external(TensorProto tensor, long length) {
    String location = "";
    long offset = 0;
    for (StringStringEntryProto entry : tensor.getExternalDataList()) {
      if (entry.getKey().equals("location")) {
        location = entry.getValue();
      } else if (entry.getKey().equals("offset")) {
        offset = offset(tensor, entry.getValue());
      }
    }
    try (FileChannel channel = FileChannel.open(beside(tensor, location))) {
      if (offset + length > channel.size()) {
        throw refused(
            tensor,
            "its values end at byte %d of %s, which has %d"
                .formatted(offset + length, location, channel.size()));
      }
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
      while (bytes.hasRemaining() && channel.read(bytes, offset + bytes.position()) >= 0) {
        continue;
      }
      return bytes.flip();
    } catch (IOException e) {
      throw new BadInputException(
          "%s: tensor '%s': cannot read %s: %s"
              .formatted(file, tensor.getName(), location, e.getMessage()),
          e);
    }
  }

  private long offset(TensorProto tensor, String text) {
    try {
      long offset = Long.parseLong(text);
      if (offset >= 0) {
        return offset;
      }
    } catch (NumberFormatException e) {
      throw new BadInputException(
          "%s: tensor '%s': its offset is '%s', expected a number"
              .formatted(file, tensor.getName(), text),
          e);
    }
    throw refused(tensor, "its offset is %s, expected at least 0".formatted(text));
  }

  /** A file in the folder of the ONNX file, or below it; links that lead out are refused too. */
  private Path beside(TensorProto tensor, String location) throws IOException {
    Path folder = Objects.requireNonNull(file.toRealPath().getParent());
    Path found = folder.resolve(location).normalize();
    if (location.isEmpty() || !found.startsWith(folder)) {
      throw refused(
          tensor, "its values are in '%s', expected a file beside it".formatted(location));
    }
    if (!Files.isRegularFile(found)) {
      throw refused(
          tensor,
          "its values are in '%s', which is not there. Maybe copy it into %s?"
              .formatted(location, folder));
    }
    if (!found.toRealPath().startsWith(folder)) {
      throw refused(
          tensor, "its values are in '%s', which leads out of %s".formatted(location, folder));
    }
    return found;
  }

  private BadInputException refused(TensorProto tensor, String problem) {
    return new BadInputException("%s: tensor '%s': %s".formatted(file, tensor.getName(), problem));
  }
}
