package dev.espalier.pruningnet.tensor;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;

/**
 * PyTorch on the CPU, through DJL. Nothing is downloaded: the natives come with the class path.
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
    return Started.ENGINE.newBaseManager();
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

  /** Version of PyTorch, e.g. {@code 2.7.1}: part of a score's key, as other versions round. */
  public static String version() {
    return Started.ENGINE.getVersion();
  }

  /** Loads the native libraries if that has not happened yet: takes seconds the first time. */
  public static void start() {
    Started.ENGINE.getEngineName();
  }

  /** Loads the engine on first use; the JVM guarantees that this happens once. */
  private static final class Started {
    static final Engine ENGINE = load();

    private static Engine load() {
      System.setProperty("ai.djl.offline", "true");
      return Engine.getEngine("PyTorch");
    }
  }
}
