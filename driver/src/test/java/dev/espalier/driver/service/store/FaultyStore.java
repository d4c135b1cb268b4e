package dev.espalier.driver.service.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A folder over a network that does not always deliver: replies to what was written are lost, or
 * nothing can be reached at all, until it {@linkplain #recover recovers}. Thread-safe.
 */
public final class FaultyStore {

  /** What its user sees of an object that was created, and the reply lost. */
  public enum Lost {
    /** The client has tried again by itself, and found the object there. */
    TAKEN,
    /** The client has given up. */
    ERROR
  }

  private static final Set<String> WRITES = Set.of("claim", "create", "write", "delete");
  private static final Set<String> REQUESTS =
      Set.of("claim", "create", "write", "delete", "read", "names", "folders", "exists");

  private final Folder folder;
  private int writes;
  private int losing = -1;
  private Lost lost = Lost.ERROR;
  private Predicate<String> failing = request -> false;

  /** Without faults as yet. */
  public FaultyStore(Folder folder) {
    this.folder = folder;
  }

  /** The folder as its users meet it. */
  public Folder root() {
    return over(folder);
  }

  /** Loses the reply to the n-th of the following writes, 0 for the next one. */
  public synchronized void loseReply(int write, Lost how) {
    writes = 0;
    losing = write;
    lost = how;
  }

  /** Whether the reply that was to be lost was lost. */
  public synchronized boolean hasLost() {
    return losing >= 0 && writes > losing;
  }

  /** Fails every request that is like {@code "read /service/lease.json"}, and does nothing. */
  public synchronized void fail(Predicate<String> requests) {
    failing = requests;
  }

  /** Has no faults any more. */
  public synchronized void recover() {
    failing = request -> false;
    losing = -1;
  }

  private Folder over(Folder one) {
    InvocationHandler handler = (proxy, method, arguments) -> answer(one, proxy, method, arguments);
    return (Folder)
        Proxy.newProxyInstance(
            Folder.class.getClassLoader(), new Class<?>[] {Folder.class}, handler);
  }

  private Object answer(Folder one, Object proxy, Method method, Object[] arguments)
      throws Throwable {
    if (method.isDefault()) {
      return InvocationHandler.invokeDefault(proxy, method, arguments);
    }
    String name = method.getName();
    if (REQUESTS.contains(name)) {
      refuse(name + " " + one + (arguments == null ? "" : "/" + arguments[0]));
    }
    Object result = invoke(one, method, arguments);
    if (WRITES.contains(name) && isLost()) {
      if (lost == Lost.TAKEN && name.equals("create")) {
        return false;
      }
      throw new UncheckedIOException("cannot write", new IOException("the reply was lost"));
    }
    return switch (name) {
      case "folder" -> over((Folder) result);
      case "claim" -> ((Optional<?>) result).map(claimed -> over((Folder) claimed));
      default -> result;
    };
  }

  private synchronized void refuse(String request) {
    if (failing.test(request)) {
      throw new UncheckedIOException(
          "cannot " + request, new IOException("the store cannot be reached"));
    }
  }

  private synchronized boolean isLost() {
    return writes++ == losing;
  }

  private static Object invoke(Folder one, Method method, Object[] arguments) throws Throwable {
    try {
      return method.invoke(one, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
