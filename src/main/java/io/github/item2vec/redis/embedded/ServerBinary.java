package io.github.item2vec.redis.embedded;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Finds a redis-server program: this machine's own, or the one the embedded artifact carries. */
public final class ServerBinary {
  /** How the artifact names its programs; needs a change when the artifact's server changes. */
  private static final String RESOURCE = "redis-server-7.0.15-";

  private static final Map<String, String> ARCHITECTURES =
      Map.of(
          "amd64", "amd64", "x86_64", "amd64", "aarch64", "arm64", "arm64", "arm64", "i386", "386",
          "x86", "386");

  private ServerBinary() {}

  /** The first {@code redis-server} among the folders of a PATH. */
  public static Optional<Path> onPath(String path) {
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path program = Path.of(folder, "redis-server");
      if (!folder.isEmpty() && Files.isRegularFile(program) && Files.isExecutable(program)) {
        return Optional.of(program);
      }
    }
    return Optional.empty();
  }

  /**
   * Copies the artifact's program for this platform into a folder; empty when the artifact is not
   * on the classpath or has none for this platform.
   */
  public static Optional<Path> fromArtifact(Path folder) throws IOException {
    String name = RESOURCE + platform();
    try (InputStream program = ServerBinary.class.getClassLoader().getResourceAsStream(name)) {
      if (program == null) {
        return Optional.empty();
      }
      Path copy = folder.resolve("redis-server");
      Files.copy(program, copy);
      if (!copy.toFile().setExecutable(true)) {
        throw new IOException("cannot make " + copy + " executable");
      }
      return Optional.of(copy);
    }
  }

  /** This platform as the artifact spells it, such as {@code linux-amd64}. */
  static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String architecture = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
    return (os.startsWith("mac") ? "darwin" : os.replace(' ', '-'))
        + "-"
        + ARCHITECTURES.getOrDefault(architecture, architecture);
  }
}
