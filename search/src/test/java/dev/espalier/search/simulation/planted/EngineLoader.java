package dev.espalier.search.simulation.planted;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;

/**
 * Loads the engine and the simulator once more, apart from the ones that run the tests, so that
 * some classes can be replaced.
 */
final class EngineLoader extends URLClassLoader {

  private static final String OURS = "dev.espalier.search.";

  private EngineLoader(List<URL> places) {
    super(places.toArray(URL[]::new), EngineLoader.class.getClassLoader());
  }

  /** A player of schedules, with classes from these folders before all others. */
  static LongFunction<Optional<String>> player(List<Path> first) {
    List<URL> places = new ArrayList<>();
    first.forEach(folder -> places.add(url(folder)));
    Arrays.stream(classPath().split(File.pathSeparator))
        .forEach(at -> places.add(url(Path.of(at))));
    try {
      Object player =
          new EngineLoader(places)
              .loadClass(OURS + "simulation.Player")
              .getDeclaredConstructor()
              .newInstance();
      @SuppressWarnings("unchecked") // What Player implements, with types of the JDK only.
      LongFunction<Optional<String>> typed = (LongFunction<Optional<String>>) player;
      return typed;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Where the classes of these tests are. */
  static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }

  private static URL url(Path place) {
    try {
      return place.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
