package dev.espalier.pruningnet.dataset.picture;

import dev.espalier.search.network.Shape;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEG and PNG. Colour profiles and transparency are dropped: the stored values of red,
 * green and blue (or grey) count, as in the usual loaders of training images. Samples of 16 bits
 * are scaled to 8. Thread-safe.
 */
public final class PictureDecoder {

  /** Largest number of pixels that is decoded; checked before memory is taken. */
  public static final int MAX_PIXELS = 1 << 26;

  /** Largest length of a file in bytes; checked before memory is taken. */
  public static final int MAX_BYTES = 1 << 26;

  private static final byte[] JPEG = HexFormat.of().parseHex("ffd8ff");
  private static final byte[] PNG = HexFormat.of().parseHex("89504e470d0a1a0a");

  private PictureDecoder() {}

  /**
   * Reads a file whole.
   *
   * @throws BrokenPictureException if it is longer than {@link #MAX_BYTES}
   */
  public static byte[] read(InputStream in) throws IOException, BrokenPictureException {
    byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new BrokenPictureException(
          "found more than %d bytes, expected at most that for an image".formatted(MAX_BYTES));
    }
    return bytes;
  }

  /**
   * Decodes a file's bytes.
   *
   * @return a picture of 1 channel if the file is grey, else of 3
   * @throws BrokenPictureException if they are no whole JPEG or PNG, or too large
   */
  public static Picture decode(byte[] bytes) throws BrokenPictureException {
    String format = checkedFormat(bytes);
    ImageReader reader = ImageIO.getImageReadersByFormatName(format).next();
    List<String> defects = new ArrayList<>();
    try (MemoryCacheImageInputStream input =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
      reader.setInput(input, true, true);
      reader.addIIOReadWarningListener(
          (source, warning) -> {
            if (isDefect(warning)) {
              defects.add(warning);
            }
          });
      int width = reader.getWidth(0);
      int height = reader.getHeight(0);
      if ((long) width * height > MAX_PIXELS) {
        throw new BrokenPictureException(
            "found %dx%d pixels, expected at most %d million"
                .formatted(width, height, MAX_PIXELS / 1_000_000));
      }
      BufferedImage image = reader.read(0);
      if (!defects.isEmpty()) {
        throw new BrokenPictureException("broken %s: %s".formatted(format, defects.get(0)));
      }
      return planes(image);
    } catch (IOException | RuntimeException e) {
      // The JDK's readers answer damaged bytes with runtime exceptions of many kinds.
      throw new BrokenPictureException("broken %s: %s".formatted(format, e.getMessage()), e);
    } finally {
      reader.dispose();
    }
  }

  private static String checkedFormat(byte[] bytes) throws BrokenPictureException {
    if (startsWith(bytes, JPEG)) {
      WholeFile.checkJpeg(bytes);
      return "JPEG";
    }
    if (startsWith(bytes, PNG)) {
      WholeFile.checkPng(bytes);
      return "PNG";
    }
    throw new BrokenPictureException(
        bytes.length == 0
            ? "found an empty file, expected a JPEG or PNG"
            : "found a file that begins with bytes %s, expected a JPEG or PNG"
                .formatted(
                    HexFormat.ofDelimiter(" ").formatHex(bytes, 0, Math.min(4, bytes.length))));
  }

  private static boolean startsWith(byte[] bytes, byte[] magic) {
    return bytes.length >= magic.length
        && Arrays.equals(bytes, 0, magic.length, magic, 0, magic.length);
  }

  /** The JPEG reader only warns when pixels are missing, and paints them grey. */
  private static boolean isDefect(String warning) {
    return warning.startsWith("Premature end") || warning.startsWith("Corrupt JPEG data");
  }

  private static Picture planes(BufferedImage image) throws BrokenPictureException {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    if (image.getColorModel() instanceof IndexColorModel palette) {
      return fromPalette(raster, palette);
    }
    if (bands > 4) {
      throw new BrokenPictureException("found %d channels, expected 1 to 4".formatted(bands));
    }
    int channels = bands < 3 ? 1 : 3;
    int width = raster.getWidth();
    int height = raster.getHeight();
    int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
    byte[] planes = new byte[channels * width * height];
    int[] row = new int[bands * width];
    for (int y = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int channel = 0; channel < channels; channel++) {
        int at = (channel * height + y) * width;
        for (int x = 0; x < width; x++) {
          planes[at + x] = (byte) (row[x * bands + channel] >> shift);
        }
      }
    }
    return new Picture(new Shape(channels, height, width), planes);
  }

  private static Picture fromPalette(Raster raster, IndexColorModel palette) {
    int width = raster.getWidth();
    int height = raster.getHeight();
    byte[] planes = new byte[3 * width * height];
    int[] row = new int[width];
    boolean grey = true;
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int rgb = palette.getRGB(row[x]);
        int at = y * width + x;
        planes[at] = (byte) (rgb >> 16);
        planes[width * height + at] = (byte) (rgb >> 8);
        planes[2 * width * height + at] = (byte) rgb;
        grey &= (rgb >> 16 & 0xff) == (rgb & 0xff) && (rgb >> 8 & 0xff) == (rgb & 0xff);
      }
    }
    return grey
        ? new Picture(new Shape(1, height, width), Arrays.copyOf(planes, width * height))
        : new Picture(new Shape(3, height, width), planes);
  }
}
