package dev.espalier.pruningnet.scoring.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.scoring.script.archive.ScriptArchive;
import dev.espalier.pruningnet.scoring.script.archive.StoredTensor;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A network that has learned, as a TorchScript module which has its weights with it: {@code
 * forward(x)} maps batch x channels x height x width to batch x classes. Batch norm is folded into
 * the convolutions before it.
 */
public final class StandaloneProgram {

  private StandaloneProgram() {}

  /** The bytes of a file that PyTorch and DJL load. */
  public static byte[] of(TrainedNetwork trained) {
    ScoringText.Written scoring =
        ScoringText.of(new Graph(trained.network()), MemoryFormat.CHANNELS_FIRST, Kernels.SEPARATE);
    List<StoredTensor> tensors = new ArrayList<>();
    try (NDManager scope = Torch.scope()) {
      Folding folding =
          new Folding(trained.network(), trained.weights(), trained.statistics(), scope);
      for (NDArray tensor : scoring.tensors(folding)) {
        tensors.add(
            new StoredTensor(
                "w" + tensors.size(), tensor.getShape().getShape(), tensor.toFloatArray()));
      }
    }
    return ScriptArchive.of(scoring.method().source() + forward(tensors), tensors);
  }

  private static String forward(List<StoredTensor> tensors) {
    String all =
        tensors.stream().map(tensor -> "self." + tensor.name()).collect(Collectors.joining(", "));
    return """
          def forward(self: %s, x: Tensor) -> Tensor:
            return (self).score(x, [%s], )
        """
        .formatted(ScriptArchive.TYPE, all)
        .indent(0);
  }
}
