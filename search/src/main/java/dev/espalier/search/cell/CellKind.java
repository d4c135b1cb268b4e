package dev.espalier.search.cell;

/** The two kinds of cell; all cells of a kind are equal but for their widths and weights. */
public enum CellKind {
  /** Keeps height, width and channels. */
  NORMAL("normal"),
  /** Halves height and width and doubles the channels. */
  REDUCTION("reduction");

  private final String text;

  CellKind(String text) {
    this.text = text;
  }

  /** How choices and genotypes name it. */
  public String text() {
    return text;
  }
}
