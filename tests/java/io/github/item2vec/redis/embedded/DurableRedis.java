package io.github.item2vec.redis.embedded;

import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisSession;
import io.github.item2vec.redis.server.RedisTarget;
import io.github.item2vec.redis.server.ServerFacts;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server with an append-only file that can be killed and started again on it, on one port. */
public final class DurableRedis implements AutoCloseable {
  private final Path folder;
  private final Path program;
  private final int port;
  private Process process;

  /**
   * @param fileLimitKilobytes what a file of the server may have until it is started again: beyond
   *     it writing fails as on a full disk; 0 for no limit
   */
  public DurableRedis(Path folder, long fileLimitKilobytes) throws IOException {
    this.folder = folder;
    this.program = ServerBinary.fromArtifact(folder).orElseThrow();
    this.port = TestPorts.next();
    start(fileLimitKilobytes);
  }

  public RedisTarget target() {
    return RedisTarget.of("127.0.0.1", port);
  }

  /** After {@link #kill}, without a limit. */
  public void start() throws IOException {
    start(0);
  }

  private void start(long fileLimitKilobytes) throws IOException {
    List<String> command = new ArrayList<>();
    if (fileLimitKilobytes > 0) {
      // an ignored signal stays ignored in the program, and the write fails instead
      String limit = "trap '' XFSZ; ulimit -f " + fileLimitKilobytes + "; exec \"$0\" \"$@\"";
      command.addAll(List.of("bash", "-c", limit));
    }
    command.addAll(List.of(program.toString(), "--port", "" + port, "--bind", "127.0.0.1"));
    command.addAll(List.of("--dir", folder.toString(), "--save", "", "--appendonly", "yes"));
    command.addAll(List.of("--appendfsync", "always", "--auto-aof-rewrite-percentage", "0"));
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    for (int attempt = 0; !answers(); attempt++) {
      if (attempt == 300) {
        throw new IOException("no answer on port " + port);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private boolean answers() {
    try (RedisSession session = RedisSession.open(target())) {
      return !ServerFacts.of(session).loading();
    } catch (RedisException e) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
