package dev.espalier.pruningnet.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What ONNX Runtime makes of a network on this machine, before it runs it. */
public final class Blocks {

  private static final List<Integer> KNOWN = List.of(8, 16);
  private static final int SIDE = 8;
  private static final String TO_BLOCKS = "ReorderInput";

  private Blocks() {}

  /** Channels that it keeps side by side on this processor; 0 where maps stay as they are. */
  public static int channels() {
    for (int channels : KNOWN) {
      NetworkBuilder net = new NetworkBuilder("blocks", new Shape(channels, SIDE, SIDE));
      net.globalAveragePool("pool", net.conv("conv", 0, channels, 1, 1));
      if (nodes(net.build()).stream().anyMatch(node -> node.getOpType().equals(TO_BLOCKS))) {
        return channels;
      }
    }
    return 0;
  }

  /** Its name and version. */
  public static String runtime() {
    return "ONNX Runtime " + OnnxNetwork.environment().getVersion();
  }

  /** What it runs for a network, in order. */
  static List<NodeProto> nodes(Network network) {
    OrtEnvironment environment = OnnxNetwork.environment();
    try {
      Path file = Files.createTempFile("espalier", ".onnx");
      try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
        options.setIntraOpNumThreads(1);
        options.setOptimizedModelFilePath(file.toString());
        environment.createSession(OnnxModel.untrained(network), options).close();
        return ModelProto.parseFrom(Files.readAllBytes(file)).getGraph().getNodeList();
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (OrtException e) {
      throw new IllegalStateException("ONNX Runtime cannot load: " + e.getMessage(), e);
    }
  }
}
