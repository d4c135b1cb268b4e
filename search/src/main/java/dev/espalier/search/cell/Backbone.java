package dev.espalier.search.cell;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;

/**
 * What cells are stacked on: how many, how wide, and for which images. The cells at 1/3 and 2/3 of
 * the depth are reduction cells.
 *
 * <p>Images whose shorter side is above 64 are halved three times by the stem, as in DARTS.
 *
 * @param cells number of cells, at least 3
 * @param channels width of a node of the first cell, at least 2
 * @param image shape of one image
 * @param classes number of classes, at least 2
 */
public record Backbone(int cells, int channels, Shape image, int classes) {

  private static final int LARGEST_SMALL_SIDE = 64;
  private static final int STEM_HALVINGS = 3;
  private static final int REDUCTIONS = 2;

  /** Refuses what no network can be built of. */
  public Backbone {
    require(cells >= 3, "cells", cells, "at least 3");
    require(channels >= 2, "channels", channels, "at least 2");
    require(classes >= 2, "classes", classes, "at least 2");
    int unit = 1 << (REDUCTIONS + halvings(image));
    if (image.height() % unit != 0 || image.width() % unit != 0) {
      throw new BadInputException(
          ("cells: images of %s cannot be halved %d times, expected sides that are multiples of"
                  + " %d. Maybe resize them when they are imported.")
              .formatted(image, REDUCTIONS + halvings(image), unit));
    }
  }

  /** The kind of the i-th cell, from 0. */
  public CellKind kind(int cell) {
    return cell == cells / 3 || cell == 2 * cells / 3 ? CellKind.REDUCTION : CellKind.NORMAL;
  }

  /** How often the stem halves the images. */
  int halvings() {
    return halvings(image);
  }

  private static int halvings(Shape image) {
    return Math.min(image.height(), image.width()) > LARGEST_SMALL_SIDE ? STEM_HALVINGS : 0;
  }

  private static void require(boolean holds, String name, int found, String expected) {
    if (!holds) {
      throw new BadInputException("cells: %s is %d, expected %s".formatted(name, found, expected));
    }
  }
}
