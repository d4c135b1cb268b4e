package dev.espalier.pruningnet.execute;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** A network run by plain loops in double precision, straight from the definitions. */
public final class ReferenceForward {

  /** Weight and bias of one layer, in the order of {@link LayerWeights}; no values: no bias. */
  public record Arrays(double[] weight, double[] bias) {
    double bias(int channel) {
      return bias.length == 0 ? 0 : bias[channel];
    }
  }

  /** Mean and variance by channel. */
  public record MeanVariance(double[] mean, double[] variance) {}

  private final Network network;
  private final Map<Integer, Arrays> weights;
  private final Map<Integer, MeanVariance> given;
  private final Map<Integer, MeanVariance> measured = new HashMap<>();

  /**
   * A reference run.
   *
   * @param given statistics of batch norm; layers without an entry use those of the batch
   */
  public ReferenceForward(
      Network network, Map<Integer, Arrays> weights, Map<Integer, MeanVariance> given) {
    this.network = network;
    this.weights = weights;
    this.given = given;
  }

  /** Statistics of the batch that was run last. */
  public Map<Integer, MeanVariance> measured() {
    return measured;
  }

  /** Scores, image by image. */
  public double[][] run(double[][] images) {
    double[][][] outputs = new double[network.nodes().size()][][];
    outputs[0] = images;
    for (Node node : network.nodes().subList(1, network.nodes().size())) {
      double[][] input = outputs[node.input()];
      double[][] output = new double[images.length][(int) node.output().elements()];
      if (node.layer() instanceof Layer.BatchNorm) {
        batchNorm(node, input, output);
      } else {
        for (int image = 0; image < images.length; image++) {
          double[][] inputs = new double[node.inputs().size()][];
          for (int i = 0; i < inputs.length; i++) {
            inputs[i] = outputs[node.inputs().get(i)][image];
          }
          layer(node, inputs, output[image]);
        }
      }
      outputs[node.index()] = output;
    }
    return outputs[outputs.length - 1];
  }

  private void layer(Node node, double[][] inputs, double[] output) {
    Layer layer = node.layer();
    Shape in = network.inputOf(node);
    double[] x = inputs[0];
    if (layer instanceof Layer.Conv conv) {
      conv(conv, in, node.output(), x, of(node), output);
    } else if (layer instanceof Layer.Linear) {
      linear(x, of(node), output);
    } else if (layer instanceof Layer.Activation activation) {
      for (int i = 0; i < x.length; i++) {
        output[i] = activate(activation.function(), x[i]);
      }
    } else if (layer instanceof Layer.Pool pool) {
      pool(pool, in, node.output(), x, output);
    } else if (layer instanceof Layer.GlobalAveragePool) {
      for (int i = 0; i < x.length; i++) {
        output[i / in.positions()] += x[i] / in.positions();
      }
    } else if (layer instanceof Layer.Pad pad) {
      pad(pad, in, node.output(), x, output);
    } else if (layer instanceof Layer.Slice slice) {
      System.arraycopy(x, slice.from() * in.positions(), output, 0, output.length);
    } else if (layer instanceof Layer.Shuffle shuffle) {
      shuffle(shuffle, in, x, output);
    } else if (layer instanceof Layer.LocalResponse response) {
      localResponse(response, in, x, output);
    } else if (layer instanceof Layer.Add) {
      for (double[] input : inputs) {
        for (int i = 0; i < input.length; i++) {
          output[i] += input[i];
        }
      }
    } else if (layer instanceof Layer.Multiply) {
      int positions = x.length / inputs[1].length;
      for (int i = 0; i < x.length; i++) {
        output[i] = x[i] * inputs[1][i / positions];
      }
    } else if (layer instanceof Layer.Mixture mixture) {
      mixture(mixture, inputs, of(node).weight(), output);
    } else if (layer instanceof Layer.Concat) {
      int start = 0;
      for (double[] input : inputs) {
        System.arraycopy(input, 0, output, start, input.length);
        start += input.length;
      }
    } else {
      System.arraycopy(x, 0, output, 0, x.length);
    }
  }

  private static void pad(Layer.Pad pad, Shape in, Shape out, double[] x, double[] output) {
    java.util.Arrays.fill(output, pad.value());
    for (int c = 0; c < in.channels(); c++) {
      for (int y = 0; y < in.height(); y++) {
        for (int z = 0; z < in.width(); z++) {
          output[at(out, c, y + pad.top(), z + pad.left())] = x[at(in, c, y, z)];
        }
      }
    }
  }

  private static void shuffle(Layer.Shuffle shuffle, Shape in, double[] x, double[] output) {
    int each = in.channels() / shuffle.groups();
    for (int c = 0; c < in.channels(); c++) {
      int from = c % shuffle.groups() * each + c / shuffle.groups();
      System.arraycopy(x, from * in.positions(), output, c * in.positions(), in.positions());
    }
  }

  private static void localResponse(
      Layer.LocalResponse response, Shape in, double[] x, double[] output) {
    for (int i = 0; i < x.length; i++) {
      int channel = i / in.positions();
      double squares = 0;
      for (int other = 0; other < in.channels(); other++) {
        if (Math.abs(other - channel) <= response.size() / 2) {
          squares += Math.pow(x[other * in.positions() + i % in.positions()], 2);
        }
      }
      double scale = response.bias() + response.alpha() / response.size() * squares;
      output[i] = x[i] / Math.pow(scale, response.beta());
    }
  }

  private static double activate(Layer.Activation.Function function, double x) {
    return switch (function) {
      case RELU -> Math.max(0, x);
      case RELU6 -> Math.min(6, Math.max(0, x));
      case SIGMOID -> 1 / (1 + Math.exp(-x));
      case HARD_SIGMOID -> Math.min(1, Math.max(0, x / 6 + 0.5));
      case HARD_SWISH -> x * Math.min(1, Math.max(0, x / 6 + 0.5));
    };
  }

  private Arrays of(Node node) {
    return Objects.requireNonNull(weights.get(node.index()), node.name());
  }

  private static void conv(
      Layer.Conv conv, Shape in, Shape out, double[] x, Arrays weights, double[] output) {
    int inPerGroup = in.channels() / conv.groups();
    int outPerGroup = out.channels() / conv.groups();
    for (int o = 0; o < out.channels(); o++) {
      int firstInput = o / outPerGroup * inPerGroup;
      for (int y = 0; y < out.height(); y++) {
        for (int z = 0; z < out.width(); z++) {
          double sum = weights.bias(o);
          for (int i = 0; i < inPerGroup; i++) {
            for (int a = 0; a < conv.kernel(); a++) {
              for (int b = 0; b < conv.kernel(); b++) {
                int row = y * conv.stride() - conv.padding() + a * conv.dilation();
                int column = z * conv.stride() - conv.padding() + b * conv.dilation();
                if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                  double value = x[at(in, firstInput + i, row, column)];
                  int tap = ((o * inPerGroup + i) * conv.kernel() + a) * conv.kernel() + b;
                  sum += value * weights.weight()[tap];
                }
              }
            }
          }
          output[at(out, o, y, z)] = sum;
        }
      }
    }
  }

  private static void linear(double[] x, Arrays weights, double[] output) {
    for (int o = 0; o < output.length; o++) {
      output[o] = weights.bias(o);
      for (int i = 0; i < x.length; i++) {
        output[o] += weights.weight()[o * x.length + i] * x[i];
      }
    }
  }

  private static void mixture(
      Layer.Mixture mixture, double[][] inputs, double[] alphas, double[] output) {
    double sum = 0;
    for (double alpha : alphas) {
      sum += Math.exp(alpha);
    }
    int input = 0;
    for (int option = 0; option < alphas.length; option++) {
      if (!mixture.options().get(option).equals(Layer.Mixture.NONE)) {
        for (int i = 0; i < output.length; i++) {
          output[i] += Math.exp(alphas[option]) / sum * inputs[input][i];
        }
        input++;
      }
    }
  }

  private static void pool(Layer.Pool pool, Shape in, Shape out, double[] x, double[] output) {
    for (int c = 0; c < out.channels(); c++) {
      for (int y = 0; y < out.height(); y++) {
        for (int z = 0; z < out.width(); z++) {
          double most = Double.NEGATIVE_INFINITY;
          double sum = 0;
          for (int a = 0; a < pool.kernel(); a++) {
            for (int b = 0; b < pool.kernel(); b++) {
              int row = y * pool.stride() - pool.padding() + a;
              int column = z * pool.stride() - pool.padding() + b;
              if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
                double value = x[at(in, c, row, column)];
                most = Math.max(most, value);
                sum += value;
              }
            }
          }
          output[at(out, c, y, z)] =
              pool.kind() == Layer.Pool.Kind.MAX ? most : sum / (pool.kernel() * pool.kernel());
        }
      }
    }
  }

  private void batchNorm(Node node, double[][] input, double[][] output) {
    MeanVariance batch = measure(node.output(), input);
    measured.put(node.index(), batch);
    MeanVariance used = given.getOrDefault(node.index(), batch);
    Arrays affine = weights.get(node.index());
    int positions = node.output().positions();
    for (int image = 0; image < input.length; image++) {
      for (int i = 0; i < input[image].length; i++) {
        int c = i / positions;
        double normal = (input[image][i] - used.mean()[c]) / Math.sqrt(used.variance()[c] + 1e-5);
        output[image][i] = affine == null ? normal : normal * affine.weight()[c] + affine.bias(c);
      }
    }
  }

  private static MeanVariance measure(Shape shape, double[][] input) {
    double[] mean = new double[shape.channels()];
    double[] variance = new double[shape.channels()];
    double values = (double) input.length * shape.positions();
    for (double[] image : input) {
      for (int i = 0; i < image.length; i++) {
        mean[i / shape.positions()] += image[i] / values;
      }
    }
    for (double[] image : input) {
      for (int i = 0; i < image.length; i++) {
        int c = i / shape.positions();
        variance[c] += (image[i] - mean[c]) * (image[i] - mean[c]) / values;
      }
    }
    return new MeanVariance(mean, variance);
  }

  private static int at(Shape shape, int channel, int row, int column) {
    return (channel * shape.height() + row) * shape.width() + column;
  }
}
