package dev.espalier.search.job;

/**
 * The network to prune. Its classes and image size are those of the data.
 *
 * @param name a network of the zoo, e.g. {@code resnet20}
 * @param batch batch size at which peak activation bytes are counted
 */
public record NetworkSpec(String name, int batch) {

  /** A network of the zoo, activations counted for one image. */
  public static NetworkSpec of(String name) {
    return new NetworkSpec(name, 1);
  }
}
