package dev.espalier.driver.service.store.hadoop;

import dev.espalier.search.job.BadInputException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Map;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import org.apache.hadoop.security.AccessControlException;
import org.apache.hadoop.util.VersionInfo;

/** What clients throw when a store cannot be opened, in words for people. */
final class StoreTrouble {

  private static final Map<String, String> JARS =
      Map.of(
          "s3a", "hadoop-aws-%1$s.jar and the bundle-....jar of the AWS SDK that it names",
          "abfs", "hadoop-azure-%1$s.jar and what it depends on",
          "abfss", "hadoop-azure-%1$s.jar and what it depends on",
          "gs", "gcs-connector-hadoop3-...-shaded.jar");

  private StoreTrouble() {}

  static BadInputException told(String place, URI uri, Throwable e) {
    return new BadInputException("--store '%s': %s".formatted(place, words(uri, e)), e);
  }

  private static String words(URI uri, Throwable e) {
    if (has(e, UnsupportedFileSystemException.class)
        || has(e, ClassNotFoundException.class)
        || e instanceof LinkageError) {
      String jars =
          JARS.getOrDefault(String.valueOf(uri.getScheme()), "the jars of its client")
              .formatted(VersionInfo.getVersion());
      return "there is no client for '%s' here. Maybe put %s into a folder, and set ESPALIER_CLASSPATH='FOLDER/*'?"
          .formatted(uri.getScheme(), jars);
    }
    if (has(e, UnknownHostException.class)) {
      return "the host '%s' is not known".formatted(uri.getHost());
    }
    if (has(e, ConnectException.class)
        || has(e, NoRouteToHostException.class)
        || has(e, SocketTimeoutException.class)) {
      return "nobody answers at %s. Maybe it does not run, or is behind a firewall?"
          .formatted(uri.getAuthority());
    }
    if (has(e, AccessControlException.class)) {
      return "no permission: " + firstLine(e);
    }
    return firstLine(e);
  }

  private static boolean has(Throwable e, Class<? extends Throwable> type) {
    for (Throwable one = e; one != null; one = one.getCause()) {
      // Clients put what went wrong into exceptions of other kinds, by its name.
      if (type.isInstance(one) || String.valueOf(one.getMessage()).contains(type.getName())) {
        return true;
      }
    }
    return false;
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.toString());
  }
}
