package dev.espalier.search.network;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The well-known networks. Up to 64 pixels (the shorter side) they take the usual shape for small
 * images: the first two halvings of the size are left out. From there on they are as published for
 * 224 x 224.
 */
public final class Zoo {

  /** Images at which 2 x 2 are left after the halvings of most networks. */
  private static final int SMALLEST_SIDE = 16;

  /** VGG-16 halves images five times. */
  private static final int SMALLEST_SIDE_OF_VGG = 32;

  private static final int LARGEST_SMALL_SIDE = 64;
  private static final Map<String, Recipe> RECIPES = recipes();

  private Zoo() {}

  /** How one network is built, and of which images at least. */
  private record Recipe(int smallestSide, Builder builder) {}

  private interface Builder {
    Network build(String name, Shape image, int classes);
  }

  /**
   * A network by its name.
   *
   * @param name one of {@link #names()}
   * @param image channels x height x width of one image
   * @param classes number of classes, at least 2
   * @throws BadInputException if the name is unknown, the image too small or a class missing
   */
  public static Network network(String name, Shape image, int classes) {
    Recipe recipe = RECIPES.get(name);
    if (recipe == null) {
      throw new BadInputException(
          "network: '%s' is unknown, expected one of %s.%s"
              .formatted(name, String.join(", ", names()), Nearest.hint(name, names())));
    }
    int smallest = recipe.smallestSide();
    if (shorterSide(image) < smallest) {
      throw new BadInputException(
          ("network %s: images of %s are too small, expected at least %dx%d."
                  + " Maybe resize them when they are imported.")
              .formatted(name, image, smallest, smallest));
    }
    if (classes < 2) {
      throw new BadInputException(
          "network %s: %d classes, expected at least 2".formatted(name, classes));
    }
    return recipe.builder().build(name, image, classes);
  }

  /** All names, in families. */
  public static List<String> names() {
    return List.copyOf(RECIPES.keySet());
  }

  /** Whether images take the shape of a network for small images. */
  static boolean isSmall(Shape image) {
    return shorterSide(image) <= LARGEST_SMALL_SIDE;
  }

  private static int shorterSide(Shape image) {
    return Math.min(image.height(), image.width());
  }

  private static Map<String, Recipe> recipes() {
    Map<String, Recipe> recipes = new LinkedHashMap<>();
    for (int blocks : new int[] {3, 5, 9, 18}) {
      recipes.put(
          "resnet" + (6 * blocks + 2),
          of((name, image, classes) -> ResNet.small(name, image, classes, blocks)));
    }
    recipes.put(
        "resnet18",
        of((name, image, classes) -> ResNet.large(name, image, classes, List.of(2, 2, 2, 2), 1)));
    recipes.put(
        "resnet50",
        of((name, image, classes) -> ResNet.large(name, image, classes, List.of(3, 4, 6, 3), 4)));
    recipes.put("mobilenetv1", of(MobileNet::v1));
    recipes.put("mobilenetv2", of(MobileNet::v2));
    recipes.put("vgg16", new Recipe(SMALLEST_SIDE_OF_VGG, Vgg::sixteen));
    recipes.put("densenet40", of(DenseNet::forty));
    return recipes;
  }

  private static Recipe of(Builder builder) {
    return new Recipe(SMALLEST_SIDE, builder);
  }
}
