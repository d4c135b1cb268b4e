package dev.espalier.worker.serial;

import com.esotericsoftware.kryo.kryo5.Kryo;
import com.esotericsoftware.kryo.kryo5.Serializer;
import com.esotericsoftware.kryo.kryo5.io.Input;
import com.esotericsoftware.kryo.kryo5.io.Output;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;

/** A file as its digest and the text of its path. */
final class ContentFileSerializer extends Serializer<ContentFile> {

  ContentFileSerializer() {
    super(false, true);
  }

  @Override
  public void write(Kryo kryo, Output output, ContentFile file) {
    output.writeString(file.digest());
    output.writeString(file.path().toString());
  }

  @Override
  public ContentFile read(Kryo kryo, Input input, Class<? extends ContentFile> type) {
    return new ContentFile(input.readString(), Path.of(input.readString()));
  }
}
