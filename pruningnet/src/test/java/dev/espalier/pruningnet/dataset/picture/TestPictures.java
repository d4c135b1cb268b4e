package dev.espalier.pruningnet.dataset.picture;

import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.random.RandomGenerator;
import javax.imageio.ImageIO;

/** Encoded pictures for tests. */
public final class TestPictures {

  private TestPictures() {}

  /** A picture of random bytes, always the same for a seed. */
  public static Picture random(int channels, int height, int width, long seed) {
    byte[] planes = new byte[channels * height * width];
    RandomGenerator random = new RandomStreams(seed).stream("test-pictures", 0);
    random.nextBytes(planes);
    return new Picture(new Shape(channels, height, width), planes);
  }

  /** A picture of one colour. */
  public static Picture plain(int height, int width, int... colour) {
    byte[] planes = new byte[colour.length * height * width];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) colour[i / (height * width)];
    }
    return new Picture(new Shape(colour.length, height, width), planes);
  }

  /** A grey or colour picture as a PNG file's bytes. */
  public static byte[] png(Picture picture) {
    return encode(image(picture), "png");
  }

  /** A grey or colour picture as a JPEG file's bytes. */
  public static byte[] jpeg(Picture picture) {
    return encode(image(picture), "jpeg");
  }

  /** Any image in a format of the JDK. */
  public static byte[] encode(BufferedImage image, String format) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      if (!ImageIO.write(image, format, bytes)) {
        throw new IllegalArgumentException("no writer for " + format);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static BufferedImage image(Picture picture) {
    Shape shape = picture.shape();
    int type = shape.channels() == 1 ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
    BufferedImage image = new BufferedImage(shape.width(), shape.height(), type);
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int i = 0; i < shape.positions(); i++) {
        int value = picture.planes()[channel * shape.positions() + i] & 0xff;
        image.getRaster().setSample(i % shape.width(), i / shape.width(), channel, value);
      }
    }
    return image;
  }
}
