package dev.espalier.pruningnet.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import ai.djl.util.Platform;
import dev.espalier.search.job.BadInputException;
import java.util.function.IntSupplier;

/**
 * PyTorch through DJL, on the device that its natives are for: the CPU, or the first GPU in a build
 * with {@code -Pgpu}. Nothing is downloaded: the natives come with the class path.
 *
 * <p>Native memory is freed by scope, never by the garbage collector: open one scope per evaluation
 * or training step and close it with try-with-resources. The result of an operation belongs to the
 * scope of its first operand.
 *
 * <p>All methods are safe to call from any thread. The number of threads is a setting of the
 * process and of the calling thread: a thread that has used PyTorch before keeps its old number
 * until it calls {@link #threads(int)} itself.
 */
public final class Torch {

  private Torch() {}

  /** A new scope of native memory; whoever opens it closes it. */
  public static NDManager scope() {
    return Started.ENGINE.newBaseManager(Started.DEVICE);
  }

  /** Collects gradients on this thread until closed. Other threads may collect theirs meanwhile. */
  public static GradientCollector gradients() {
    start();
    return new ThreadGradients();
  }

  /**
   * Sets how many threads one operation may use on the calling thread: 1 for an evaluator that
   * shares the machine with others, all cores for training. Sums are added up in an order that
   * depends on this number, so it is part of what makes a result repeat bit for bit.
   */
  public static void threads(int count) {
    if (count < 1) {
      throw new IllegalArgumentException("threads: expected at least 1, found " + count);
    }
    start();
    JniUtils.setNumThreads(count);
  }

  /** How many threads one operation of the calling thread may use. */
  public static int threads() {
    start();
    return JniUtils.getNumThreads();
  }

  /**
   * Version of PyTorch, and the device if it is no CPU, e.g. {@code 2.7.1} or {@code 2.7.1 gpu}:
   * part of a score's key, as others round differently.
   */
  public static String version() {
    String version = Started.ENGINE.getVersion();
    return Started.DEVICE.isGpu() ? version + " " + Started.DEVICE.getDeviceType() : version;
  }

  /** Loads the native libraries if that has not happened yet: takes seconds the first time. */
  public static void start() {
    Started.ENGINE.getEngineName();
  }

  /**
   * The device that natives are for.
   *
   * @param flavor of the natives: {@code cpu}, or {@code cu} and the version of CUDA
   * @param gpus counts the devices that CUDA finds
   * @throws BadInputException if they are for a GPU and there is none
   */
  static Device device(String flavor, IntSupplier gpus) {
    if (!flavor.startsWith("cu")) {
      return Device.cpu();
    }
    if (gpus.getAsInt() == 0) {
      throw new BadInputException(
          "PyTorch's natives are for CUDA (%s), but CUDA finds no GPU here. Maybe build without -Pgpu?"
              .formatted(flavor));
    }
    return Device.gpu();
  }

  /** Loads the engine on first use; the JVM guarantees that this happens once. */
  private static final class Started {
    static final Engine ENGINE = load();
    static final Device DEVICE =
        device(Platform.detectPlatform("pytorch").getFlavor(), ENGINE::getGpuCount);

    private static Engine load() {
      System.setProperty("ai.djl.offline", "true");
      return Engine.getEngine("PyTorch");
    }
  }
}
