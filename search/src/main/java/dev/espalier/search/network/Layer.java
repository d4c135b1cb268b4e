package dev.espalier.search.network;

import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One layer, without its weights and without its input widths: those follow from the graph. A layer
 * that maps channels one to one (batch norm, activation, pooling) has no width of its own.
 */
public sealed interface Layer {

  /** The image: the only layer without inputs, and always node 0. */
  record Input(Shape shape) implements Layer {}

  /**
   * A square convolution.
   *
   * @param out output channels
   * @param kernel side of the kernel
   * @param stride step in both directions
   * @param padding zeros added on each side
   * @param dilation distance between the kernel's taps, 1 for a dense kernel
   * @param groups 1 for a plain convolution; equal to the input and output channels for a depthwise
   *     one
   * @param bias whether a bias of {@code out} values is added
   */
  record Conv(int out, int kernel, int stride, int padding, int dilation, int groups, boolean bias)
      implements Layer {

    /** A plain convolution without bias, padded to keep the size at stride 1. */
    public static Conv dense(int out, int kernel, int stride) {
      return new Conv(out, kernel, stride, kernel / 2, 1, 1, false);
    }

    /** One filter for each of the input channels, without bias, padded as {@link #dense}. */
    public static Conv depthwise(int channels, int kernel, int stride) {
      return new Conv(channels, kernel, stride, kernel / 2, 1, channels, false);
    }

    /** The same convolution without a bias. */
    public Conv withoutBias() {
      return new Conv(out, kernel, stride, padding, dilation, groups, false);
    }

    /** The same convolution with a bias. */
    public Conv withBias() {
      return new Conv(out, kernel, stride, padding, dilation, groups, true);
    }
  }

  /**
   * A fully connected layer over a flat input (height and width 1).
   *
   * @param out output features
   * @param bias whether a bias of {@code out} values is added
   */
  record Linear(int out, boolean bias) implements Layer {}

  /**
   * Batch normalisation over each channel.
   *
   * @param affine whether a learned scale and shift follow the normalisation
   */
  record BatchNorm(boolean affine) implements Layer {}

  /** An element-wise nonlinearity. */
  record Activation(Function function) implements Layer {

    /** Which one. */
    public enum Function {
      /** max(0, x). */
      RELU,
      /** min(6, max(0, x)). */
      RELU6,
      /** 1 / (1 + exp(-x)). */
      SIGMOID,
      /** min(1, max(0, x / 6 + 1 / 2)). */
      HARD_SIGMOID,
      /** x times the hard sigmoid of x. */
      HARD_SWISH
    }
  }

  /**
   * Pooling over square windows. Average pooling counts the padding, as the original networks do.
   */
  record Pool(Kind kind, int kernel, int stride, int padding) implements Layer {

    /** What is kept of a window. */
    public enum Kind {
      MAX,
      AVERAGE
    }
  }

  /**
   * Values around each feature map, for windows that do not reach equally far on all sides.
   *
   * @param value 0, or {@link Double#NEGATIVE_INFINITY} before a max pooling
   */
  record Pad(int top, int bottom, int left, int right, double value) implements Layer {}

  /** The mean of each feature map: c x h x w becomes c x 1 x 1. */
  record GlobalAveragePool() implements Layer {}

  /** The sum of two or more inputs of one shape. */
  record Add() implements Layer {}

  /**
   * The product of two inputs of one shape, or of feature maps with one factor for each of them (c
   * x 1 x 1), as in "Squeeze-and-Excitation Networks" (2018). The factors are the second input.
   */
  record Multiply() implements Layer {}

  /**
   * The sum of inputs of one shape, weighted by what is learned about a choice: sum_i p_i x_i with
   * p the softmax over the choice's architecture parameters ("alphas"), from "DARTS: Differentiable
   * Architecture Search" (2019). Layers of one choice share its alphas.
   *
   * @param choice name of the alphas
   * @param options what can be chosen, in the order of the alphas; the inputs are the options other
   *     than {@link #NONE}, in the same order
   */
  record Mixture(String choice, List<String> options) implements Layer {

    /** The option of nothing at all: it has an alpha, but no input. */
    public static final String NONE = "none";

    /** Copies the options; refuses one that is named twice. */
    public Mixture {
      options = List.copyOf(options);
      if (new HashSet<>(options).size() != options.size()) {
        throw new IllegalArgumentException(
            "choice %s has an option twice: %s".formatted(choice, options));
      }
    }

    /** The alphas of the inputs: the positions of all options but {@link #NONE}. */
    public int[] weighted() {
      return IntStream.range(0, options.size()).filter(i -> !options.get(i).equals(NONE)).toArray();
    }
  }

  /** The channels of two or more inputs of the same height and width, one after the other. */
  record Concat() implements Layer {}

  /** c x h x w becomes (c*h*w) x 1 x 1, channel-major. */
  record Flatten() implements Layer {}

  /**
   * A layer for which it matters which channel is which: those that it reads and those that it
   * makes are never pruned, and the network is pruned around it.
   */
  sealed interface Fixed extends Layer {}

  /** Some of the channels: {@code from} and those after it, before {@code to}. */
  record Slice(int from, int to) implements Fixed {}

  /**
   * The first channel of each group, then the second of each, and so on, from "ShuffleNet: An
   * Extremely Efficient Convolutional Neural Network for Mobile Devices" (2018).
   */
  record Shuffle(int groups) implements Fixed {}

  /**
   * Each value divided by (bias + alpha / size * s)^beta, with s the sum of the squares at its
   * position over {@code size} channels around its own, an odd number, from "ImageNet
   * Classification with Deep Convolutional Neural Networks" (2012).
   */
  record LocalResponse(int size, double alpha, double beta, double bias) implements Fixed {}
}
