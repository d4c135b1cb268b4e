package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads constants of an ONNX file, in the file or in others beside it.
 *
 * @param file the ONNX file
 */
record Tensors(Path file) {

  /** Refuses values that lie elsewhere than beside the file, whether they are needed or not. */
  void requireBeside(TensorProto tensor) {
    if (tensor.getDataLocation() != TensorProto.DataLocation.EXTERNAL) {
      return;
    }
    try {
      beside(tensor, location(tensor));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Values of float32, in row-major order. */
  float[] floats(TensorProto tensor) {
    require(tensor, TensorProto.DataType.FLOAT);
    int count = count(tensor);
    if (tensor.getFloatDataCount() == count && count > 0) {
      float[] values = new float[count];
      for (int i = 0; i < count; i++) {
        values[i] = tensor.getFloatData(i);
      }
      return values;
    }
    // Memory is taken once the values are known to be there.
    FloatBuffer found = bytes(tensor, (long) count * Float.BYTES).asFloatBuffer();
    float[] values = new float[count];
    found.get(values);
    return values;
  }

  /** Values of int64. */
  long[] integers(TensorProto tensor) {
    require(tensor, TensorProto.DataType.INT64);
    int count = count(tensor);
    if (tensor.getInt64DataCount() == count && count > 0) {
      return tensor.getInt64DataList().stream().mapToLong(Long::longValue).toArray();
    }
    LongBuffer found = bytes(tensor, (long) count * Long.BYTES).asLongBuffer();
    long[] values = new long[count];
    found.get(values);
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

  /** The number of its values by its dimensions, whether they are there or not. */
  int count(TensorProto tensor) {
    long count = 1;
    for (long dimension : tensor.getDimsList()) {
      if (dimension < 0 || dimension > Integer.MAX_VALUE / Math.max(1, count)) {
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
    String location = location(tensor);
    long offset = offset(tensor, entry(tensor, "offset").orElse("0"));
    try (FileChannel channel = FileChannel.open(beside(tensor, location))) {
      if (offset > channel.size() - length) {
        throw refused(
            tensor,
            "its %d bytes begin at byte %d of %s, which has %d"
                .formatted(length, offset, location, channel.size()));
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

  private static String location(TensorProto tensor) {
    return entry(tensor, "location").orElse("");
  }

  private static Optional<String> entry(TensorProto tensor, String key) {
    return tensor.getExternalDataList().stream()
        .filter(entry -> entry.getKey().equals(key))
        .map(StringStringEntryProto::getValue)
        .findFirst();
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
    Path found = resolved(tensor, folder, location);
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

  private Path resolved(TensorProto tensor, Path folder, String location) {
    try {
      return folder.resolve(location).normalize();
    } catch (InvalidPathException e) {
      throw new BadInputException(
          "%s: tensor '%s': '%s' is no path".formatted(file, tensor.getName(), location), e);
    }
  }

  private BadInputException refused(TensorProto tensor, String problem) {
    return new BadInputException("%s: tensor '%s': %s".formatted(file, tensor.getName(), problem));
  }
}
