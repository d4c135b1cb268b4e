package dev.espalier.pruningnet.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.network.Shape;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class PictureDecoderTest {

  @Test
  void decode_colourPng_givesItsBytes() throws Exception {
    Picture picture = TestPictures.random(3, 5, 7, 1);
    assertSame(PictureDecoder.decode(TestPictures.png(picture)), picture);
  }

  @Test
  void decode_greyPng_givesItsBytesWithoutGamma() throws Exception {
    Picture picture = TestPictures.random(1, 5, 7, 2);
    assertSame(PictureDecoder.decode(TestPictures.png(picture)), picture);
  }

  @Test
  void decode_transparentPng_dropsTransparency() throws Exception {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00102030);
    image.setRGB(1, 0, 0xff405060);
    Picture picture = PictureDecoder.decode(TestPictures.encode(image, "png"));

    assertThat(picture.shape()).isEqualTo(new Shape(3, 1, 2));
    assertThat(picture.planes()).containsExactly(0x10, 0x40, 0x20, 0x50, 0x30, 0x60);
  }

  @Test
  void decode_pngOf16Bits_keepsTheUpperByte() throws Exception {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
    image.getRaster().setSample(0, 0, 0, 0x1234);
    image.getRaster().setSample(1, 0, 0, 0x7fff);
    Picture picture = PictureDecoder.decode(TestPictures.encode(image, "png"));

    assertThat(picture.shape()).isEqualTo(new Shape(1, 1, 2));
    assertThat(picture.planes()).containsExactly(0x12, 0x7f);
  }

  @Test
  void decode_palettePng_givesColours() throws Exception {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_INDEXED);
    image.setRGB(0, 0, 0xffff0000);
    image.setRGB(1, 0, 0xff0000ff);
    assertThat(PictureDecoder.decode(TestPictures.encode(image, "png")).planes())
        .containsExactly(255, 0, 0, 0, 0, 255);
  }

  @Test
  void decode_blackAndWhitePng_isGrey() throws Exception {
    BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY);
    image.setRGB(1, 0, 0xffffffff);
    Picture picture = PictureDecoder.decode(TestPictures.encode(image, "png"));

    assertThat(picture.shape()).isEqualTo(new Shape(1, 1, 2));
    assertThat(picture.planes()).containsExactly(0, 255);
  }

  @Test
  void decode_jpeg_givesNearlyItsColour() throws Exception {
    Picture picture =
        PictureDecoder.decode(TestPictures.jpeg(TestPictures.plain(16, 16, 200, 100, 50)));
    assertThat(picture.shape()).isEqualTo(new Shape(3, 16, 16));
    for (int channel = 0; channel < 3; channel++) {
      assertThat(picture.planes()[channel * 256 + 100] & 0xff)
          .isBetween(new int[] {197, 97, 47}[channel], new int[] {203, 103, 53}[channel]);
    }
  }

  @Test
  void decode_greyJpeg_isOneChannel() throws Exception {
    Picture picture = PictureDecoder.decode(TestPictures.jpeg(TestPictures.plain(8, 8, 100)));
    assertThat(picture.shape()).isEqualTo(new Shape(1, 8, 8));
    assertThat(picture.planes()[20] & 0xff).isBetween(99, 101);
  }

  @Test
  void decode_truncatedAnywhere_isBroken() {
    Picture picture = TestPictures.random(3, 12, 12, 3);
    for (byte[] whole : List.of(TestPictures.png(picture), TestPictures.jpeg(picture))) {
      for (int length = 3; length < whole.length; length++) {
        byte[] cut = Arrays.copyOf(whole, length);
        assertThatThrownBy(() -> PictureDecoder.decode(cut))
            .as("cut to %d of %d bytes", length, whole.length)
            .isInstanceOf(BrokenPictureException.class);
      }
    }
  }

  @Test
  void decode_pngDamagedAnywhere_isBroken() {
    byte[] whole = TestPictures.png(TestPictures.random(3, 12, 12, 3));
    for (int at = 0; at < whole.length; at++) {
      byte[] png = whole.clone();
      png[at] ^= 0x10;
      assertThatThrownBy(() -> PictureDecoder.decode(png))
          .as("byte %d flipped", at)
          .isInstanceOf(BrokenPictureException.class);
    }
  }

  @Test
  void decode_otherFormat_saysWhatItBeginsWith() {
    assertThatThrownBy(() -> PictureDecoder.decode("GIF89a".getBytes(StandardCharsets.US_ASCII)))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining("47 49 46 38")
        .hasMessageContaining("JPEG or PNG");
    assertThatThrownBy(() -> PictureDecoder.decode(new byte[0]))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining("empty file");
  }

  @Test
  void decode_hugePicture_isRefusedByItsHeader() {
    byte[] png = TestPictures.png(TestPictures.plain(1, 1, 9));
    ByteBuffer header = ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
    CRC32 checksum = new CRC32();
    checksum.update(png, 12, 17);
    header.putInt(29, (int) checksum.getValue());
    assertThatThrownBy(() -> PictureDecoder.decode(png))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining("60000x60000");
  }

  @Test
  void read_longFile_isRefused() {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 1;
          }

          @Override
          public int read(byte[] target, int offset, int length) {
            return length;
          }
        };
    assertThatThrownBy(() -> PictureDecoder.read(endless))
        .isInstanceOf(BrokenPictureException.class)
        .hasMessageContaining("more than 67108864 bytes");
  }

  @Test
  void read_file_givesItsBytes() throws IOException, BrokenPictureException {
    byte[] bytes = {1, 2, 3};
    assertThat(PictureDecoder.read(new ByteArrayInputStream(bytes))).isEqualTo(bytes);
  }

  private static void assertSame(Picture found, Picture expected) {
    assertThat(found.shape()).isEqualTo(expected.shape());
    assertThat(found.planes()).isEqualTo(expected.planes());
  }
}
