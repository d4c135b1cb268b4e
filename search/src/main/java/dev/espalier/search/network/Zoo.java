package dev.espalier.search.network;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The well-known networks, for any image of at least 32 x 32. Up to 64 pixels (the shorter side)
 * they take the usual shape for small images: the first two halvings of the size are left out. From
 * there on they are as published for 224 x 224.
 */
public final class Zoo {

  private static final int SMALLEST_SIDE = 32;
  private static final int LARGEST_SMALL_SIDE = 64;
  private static final Map<String, Recipe> RECIPES = recipes();

  private Zoo() {}

  /** How one network is built. */
  private interface Recipe {
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
    if (shorterSide(image) < SMALLEST_SIDE) {
      throw new BadInputException(
          ("network %s: images of %s are too small, expected at least %dx%d."
                  + " Maybe resize them when they are imported.")
              .formatted(name, image, SMALLEST_SIDE, SMALLEST_SIDE));
    }
    if (classes < 2) {
      throw new BadInputException(
          "network %s: %d classes, expected at least 2".formatted(name, classes));
    }
    return recipe.build(name, image, classes);
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
          (name, image, classes) -> ResNet.small(name, image, classes, blocks));
    }
    recipes.put(
        "resnet18",
        (name, image, classes) -> ResNet.large(name, image, classes, List.of(2, 2, 2, 2), 1));
    recipes.put(
        "resnet50",
        (name, image, classes) -> ResNet.large(name, image, classes, List.of(3, 4, 6, 3), 4));
    recipes.put("mobilenetv1", MobileNet::v1);
    recipes.put("mobilenetv2", MobileNet::v2);
    recipes.put("vgg16", Vgg::sixteen);
    recipes.put("densenet40", DenseNet::forty);
    return recipes;
  }
}
