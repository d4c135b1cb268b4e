package dev.espalier.e2e;

import dev.espalier.worker.cache.OpenSockets.Listener;
import intruder.Gadget;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.rpc.RpcAddress;
import org.apache.spark.rpc.RpcEndpointRef;
import org.apache.spark.rpc.RpcEnv;
import scala.Option;

/**
 * Somebody on this machine who knows every port and what is spoken there.
 *
 * @param marks where his gadgets leave their marks
 * @param classes folder of the gadget's class
 */
record Intruder(Path marks, Path classes) {

  private static final int PATIENCE_MILLIS = 200;

  static Intruder in(Path folder) throws IOException {
    Path classes = folder.resolve("intruder-classes");
    String name = Gadget.class.getName().replace('.', '/') + ".class";
    Files.createDirectories(classes.resolve(name).getParent());
    try (var code = Gadget.class.getClassLoader().getResourceAsStream(name)) {
      Files.copy(code, classes.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    return new Intruder(Files.createDirectory(folder.resolve("marks")), classes);
  }

  /** Puts the gadget on the class path of every JVM that is started with it. */
  String javaOptions() {
    return "-Xbootclasspath/a:" + classes;
  }

  /** What a Java program would take for a gadget. */
  byte[] serialized() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(new Gadget(marks));
    }
    return bytes.toByteArray();
  }

  /** Sends the gadget to a port in every way that something there might read. */
  void attack(Listener port) throws IOException {
    byte[] gadget = serialized();
    send(port, gadget);
    for (String endpoint : List.of("Master", "Worker", "CoarseGrainedScheduler")) {
      send(port, sparkMessage(port, endpoint, 3, gadget));
    }
    send(port, sparkMessage(port, "BlockManagerEndpoint1", 9, gadget));
    send(port, httpRequest(gadget));
  }

  /** The marks that were left since this was asked last. */
  List<Path> newMarks() throws IOException {
    try (Stream<Path> found = Files.list(marks)) {
      List<Path> all = found.toList();
      for (Path mark : all) {
        Files.delete(mark);
      }
      return all;
    }
  }

  /** Reads the gadget where nothing forbids it. */
  void readWithoutFilter() throws IOException, ClassNotFoundException {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(serialized()))) {
      in.setObjectInputFilter(info -> ObjectInputFilter.Status.ALLOWED);
      in.readObject();
    }
  }

  /**
   * Looks up an endpoint of Spark and sends it the gadget.
   *
   * @param secret that he claims to share; empty for none
   * @throws Exception if he is refused
   */
  void call(int port, String endpoint, String secret) throws Exception {
    SparkConf conf =
        new SparkConf(false)
            .set("spark.rpc.lookupTimeout", "10s")
            .set("spark.rpc.io.maxRetries", "0")
            .set("spark.authenticate", Boolean.toString(!secret.isEmpty()));
    if (!secret.isEmpty()) {
      conf.set("spark.authenticate.secret", secret)
          .set("spark.network.crypto.enabled", "true")
          .set("spark.network.crypto.cipher", "AES/GCM/NoPadding");
    }
    SecurityManager security =
        new SecurityManager(conf, Option.empty(), SecurityManager.$lessinit$greater$default$3());
    RpcEnv env = RpcEnv.create("intruder", "127.0.0.1", 0, conf, security, true);
    try {
      RpcEndpointRef found = env.setupEndpointRef(new RpcAddress("127.0.0.1", port), endpoint);
      found.send(new Gadget(marks));
      // It is sent from another thread.
      Thread.sleep(PATIENCE_MILLIS);
    } finally {
      env.shutdown();
    }
  }

  private static void send(Listener port, byte[] bytes) throws IOException {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(port.address(), port.port()));
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.getOutputStream().write(bytes);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (SocketTimeoutException e) {
      // Nobody answers, which is what he is to get.
    } catch (IOException e) {
      if (e instanceof java.net.ConnectException) {
        throw e;
      }
      // The connection was cut.
    }
  }

  /** A frame of Spark's protocol that carries a message to an endpoint, without a handshake. */
  private static byte[] sparkMessage(Listener port, String endpoint, int type, byte[] content) {
    try {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(body);
      out.writeBoolean(false);
      out.writeBoolean(true);
      out.writeUTF("127.0.0.1");
      out.writeInt(port.port());
      out.writeUTF(endpoint);
      out.write(content);
      ByteArrayOutputStream frame = new ByteArrayOutputStream();
      DataOutputStream whole = new DataOutputStream(frame);
      int header = type == 3 ? 21 : 13;
      whole.writeLong((long) header + body.size());
      whole.writeByte(type);
      if (type == 3) {
        whole.writeLong(1);
      }
      whole.writeInt(body.size());
      body.writeTo(whole);
      return frame.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] httpRequest(byte[] content) {
    byte[] head =
        """
        POST / HTTP/1.1\r
        Host: 127.0.0.1\r
        Content-Type: application/x-java-serialized-object\r
        Connection: close\r
        Content-Length: %d\r
        \r
        """
            .formatted(content.length)
            .getBytes(StandardCharsets.US_ASCII);
    return Stream.of(head, content)
        .collect(
            ByteArrayOutputStream::new,
            ByteArrayOutputStream::writeBytes,
            (one, other) -> one.writeBytes(other.toByteArray()))
        .toByteArray();
  }
}
