package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import javax.management.BadAttributeValueExpException;
import javax.swing.event.EventListenerList;
import org.apache.spark.SparkConf;
import org.apache.spark.storage.StorageLevel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import scala.Option;

/** What any JVM of Espalier, this one too, reads in Java's own serialization. */
final class SerialFilterTest {

  @Test
  void filter_thisJvm_isSet() {
    assertThat(ObjectInputFilter.Config.getSerialFilter()).isNotNull();
  }

  static List<Object> harmless() {
    return List.of(
        "words",
        new int[][] {{1}, {2}},
        new Object[] {1L, 2.0},
        List.of(Map.of("key", Duration.ofMinutes(1))),
        new AtomicLong(1),
        new Properties(),
        URI.create("spark://127.0.0.1:7077"),
        new SparkConf(false),
        StorageLevel.MEMORY_AND_DISK(),
        Option.apply("some"),
        new BadInputException("found"),
        Comparator.naturalOrder());
  }

  @ParameterizedTest
  @MethodSource("harmless")
  void read_whatSparkAndWeSend_isAllowed(Object sent) throws Exception {
    assertThat(read(write(sent))).hasSameClassAs(sent);
  }

  /** Each begins a known chain of calls that a stream can set off. */
  static List<Object> dangerous() throws Exception {
    return List.of(
        URI.create("http://127.0.0.1/").toURL(),
        Map.of(URI.create("http://127.0.0.1/").toURL(), "looked up when it is hashed"),
        new BadAttributeValueExpException("calls toString"),
        new EventListenerList());
  }

  @ParameterizedTest
  @MethodSource("dangerous")
  void read_anythingElse_isRefused(Object sent) throws Exception {
    byte[] bytes = write(sent);

    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(InvalidClassException.class)
        .hasMessageContaining("REJECTED");
    assertThatCode(() -> readAnything(bytes)).as("without the filter").doesNotThrowAnyException();
  }

  /** Sets of sets, hashed again and again while they are read, keep a core busy for years. */
  @Test
  void read_deepNest_isRefused() throws Exception {
    Set<Object> nest = new HashSet<>();
    for (int depth = 0; depth < 30; depth++) {
      nest = new HashSet<>(List.of(nest));
    }
    byte[] bytes = write(nest);

    assertThatThrownBy(() -> read(bytes)).isInstanceOf(InvalidClassException.class);
  }

  /** A few bytes that ask for memory that they do not fill. */
  @Test
  void read_arrayThatIsSaidToBeHuge_isRefused() throws Exception {
    byte[] bytes = write(new long[0]);
    ByteBuffer.wrap(bytes).putInt(bytes.length - Integer.BYTES, Integer.MAX_VALUE - 8);

    assertThatThrownBy(() -> read(bytes)).isInstanceOf(InvalidClassException.class);
  }

  private static byte[] write(Object object) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    return bytes.toByteArray();
  }

  private static Object read(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return in.readObject();
    }
  }

  private static Object readAnything(byte[] bytes) throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      in.setObjectInputFilter(info -> ObjectInputFilter.Status.ALLOWED);
      return in.readObject();
    }
  }
}
