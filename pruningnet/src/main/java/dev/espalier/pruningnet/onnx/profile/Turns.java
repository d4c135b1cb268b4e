package dev.espalier.pruningnet.onnx.profile;

import dev.espalier.pruningnet.onnx.OnnxNetwork;
import dev.espalier.search.network.Network;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Networks that run in turns, call by call, so that whatever else the machine does meets all of
 * them alike. Owns native memory until closed; not thread-safe.
 */
final class Turns implements AutoCloseable {

  private static final int WARM_UP = 5;
  private static final double MICROSECOND = 1e3;

  private final int batch;
  private final List<OnnxNetwork> networks = new ArrayList<>();
  private final List<float[]> pixels = new ArrayList<>();

  /** Loads networks, and runs each a few times. */
  Turns(List<Network> all, int threads, int batch) {
    this.batch = batch;
    try {
      for (Network network : all) {
        networks.add(OnnxNetwork.untrained(network, threads));
        float[] image = new float[Math.toIntExact(batch * network.input().elements())];
        Arrays.fill(image, 1);
        pixels.add(image);
      }
      for (int i = 0; i < WARM_UP; i++) {
        times();
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** One call of each, in microseconds. */
  double[] times() {
    double[] times = new double[networks.size()];
    for (int i = 0; i < times.length; i++) {
      times[i] = run(i);
    }
    return times;
  }

  private double run(int i) {
    long begun = System.nanoTime();
    networks.get(i).scores(pixels.get(i), batch);
    return (System.nanoTime() - begun) / MICROSECOND;
  }

  @Override
  public void close() {
    networks.forEach(OnnxNetwork::close);
  }
}
