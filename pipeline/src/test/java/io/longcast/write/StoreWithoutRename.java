package io.longcast.write;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A file system that only bears the name of an object store. */
public final class StoreWithoutRename extends RawLocalFileSystem {
  @Override
  public URI getUri() {
    return URI.create("s3a://bucket");
  }
}
