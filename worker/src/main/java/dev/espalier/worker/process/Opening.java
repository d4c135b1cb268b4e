package dev.espalier.worker.process;

import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.ScorerSource;
import dev.espalier.worker.scorer.Scorers;
import dev.espalier.worker.serial.Messages;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

/**
 * What a child needs to open scorers. Travels by Java serialisation, as a source does inside a
 * Spark task; only a child reads it, from the process that started it.
 *
 * @param context the context's message
 * @param source opens scorers in the child
 */
record Opening(byte[] context, ScorerSource source) implements Serializable {

  private static final long serialVersionUID = 1L;

  static Opening of(EvaluationContext context, ScorerSource source) {
    return new Opening(Messages.encode(context), source);
  }

  Scorers open() {
    return source.open(Messages.decode(context, EvaluationContext.class));
  }

  byte[] bytes() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(this);
    } catch (IOException e) {
      throw new UncheckedIOException("a source that cannot be sent to a process", e);
    }
    return bytes.toByteArray();
  }

  static Opening parse(byte[] bytes) {
    try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes))) {
      return (Opening) in.readObject();
    } catch (IOException e) {
      throw new UncheckedIOException("no opening", e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException("the class path of the child lacks a class", e);
    }
  }
}
