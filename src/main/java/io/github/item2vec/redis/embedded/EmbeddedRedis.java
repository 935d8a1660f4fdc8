package io.github.item2vec.redis.embedded;

import io.github.item2vec.redis.server.RedisException;
import io.github.item2vec.redis.server.RedisTarget;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real Redis server of its own for a demo or a test: a child process on a free loopback port,
 * without persistence, gone with {@link #close()} or with this JVM. Driver only; starts in about a
 * tenth of a second. The program is the {@code redis-server} on the PATH, else the one in the
 * embedded-redis artifact when that is on the classpath.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final long START_MILLIS = 15_000;
  private static final long STOP_MILLIS = 5_000;
  private static final int PORT_ATTEMPTS = 3;
  private static final int SECRET_BYTES = 24;
  private static final String OPEN = "";
  private static final String READY = "Ready to accept connections";

  private final Process process;
  private final int port;
  private final Path folder;
  private final String password;
  private final Thread atExit = new Thread(this::destroy, "embedded-redis-stop");

  private EmbeddedRedis(Process process, int port, Path folder, String password) {
    this.password = password;
    this.process = process;
    this.port = port;
    this.folder = folder;
  }

  /**
   * Starts a server and waits until it takes connections.
   *
   * @param settings more settings as redis-server's command line takes them, such as {@code
   *     "--maxmemory", "10mb"}
   * @throws RedisException when no program is found or it does not start, with the end of its log
   */
  public static EmbeddedRedis start(String... settings) {
    return start(OPEN, settings);
  }

  private static EmbeddedRedis start(String password, String... settings) {
    Optional<Path> installed =
        ServerBinary.onPath(Optional.ofNullable(System.getenv("PATH")).orElse(""));
    return startIn(
        folder ->
            installed.isPresent()
                ? installed.get()
                : ServerBinary.fromArtifact(folder).orElseThrow(EmbeddedRedis::noProgram),
        password,
        settings);
  }

  /**
   * As {@link #start}, for those alone who know {@link #target}: with a random password, which the
   * server reads from its standard input, so that neither the process list nor a file shows it.
   */
  public static EmbeddedRedis startLocked(String... settings) {
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    return start(HexFormat.of().formatHex(secret), settings);
  }

  /** As {@link #start}, with the artifact's program only. */
  public static EmbeddedRedis startFromArtifact(String... settings) {
    return startIn(
        folder -> ServerBinary.fromArtifact(folder).orElseThrow(EmbeddedRedis::noProgram),
        OPEN,
        settings);
  }

  /** As {@link #start}, with that program. */
  public static EmbeddedRedis startProgram(Path program, String... settings) {
    return startIn(folder -> program, OPEN, settings);
  }

  private static EmbeddedRedis startIn(Program program, String password, String... settings) {
    Path folder = temporaryFolder();
    try {
      return start(program.in(folder), folder, password, settings);
    } catch (IOException e) {
      delete(folder);
      throw notStarted(e.getMessage(), e);
    } catch (RedisException e) {
      delete(folder);
      throw e;
    }
  }

  /** Finds the program, or puts it into the server's folder. */
  private interface Program {
    Path in(Path folder) throws IOException;
  }

  /** Where it listens, with the password of {@link #startLocked}; of the settings it knows none. */
  public RedisTarget target() {
    return RedisTarget.of(InetAddress.getLoopbackAddress().getHostAddress(), port)
        .withPassword(password);
  }

  /** Stops the process and removes its files; harmless when it is gone already. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      return; // the JVM is going down and the hook does the work
    }
    destroy();
  }

  /** The server's process, for tests of its death. */
  public ProcessHandle process() {
    return process.toHandle();
  }

  private static EmbeddedRedis start(
      Path program, Path folder, String password, String... settings) {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      Path log = folder.resolve("redis.log");
      EmbeddedRedis server =
          new EmbeddedRedis(
              launch(program, folder, log, port, password, settings), port, folder, password);
      Runtime.getRuntime().addShutdownHook(server.atExit);
      if (server.awaitReady(log)) {
        return server;
      }
      String said = tail(log);
      server.stop();
      Runtime.getRuntime().removeShutdownHook(server.atExit);
      // somebody else may take the free port first
      if (!said.contains("Address already in use") || attempt == PORT_ATTEMPTS) {
        throw notStarted(program + " said: " + said, null);
      }
    }
  }

  private static Process launch(
      Path program, Path folder, Path log, int port, String password, String... settings) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.add("-"); // more settings from the standard input
    Collections.addAll(command, "--port", Integer.toString(port), "--bind", "127.0.0.1");
    Collections.addAll(command, "--save", "", "--appendonly", "no", "--daemonize", "no");
    Collections.addAll(command, "--dir", folder.toString());
    Collections.addAll(command, settings);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      try (Writer input = process.outputWriter(StandardCharsets.US_ASCII)) {
        input.write(password.isEmpty() ? "" : "requirepass " + password + "\n");
      } catch (IOException e) {
        // a program that has ended already: its log says why
      }
      return process;
    } catch (IOException e) {
      throw notStarted(
          e.getMessage() + " (if the temporary folder forbids programs: -Djava.io.tmpdir=DIR)", e);
    }
  }

  private boolean awaitReady(Path log) {
    long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(START_MILLIS);
    try {
      while (process.isAlive() && System.nanoTime() < deadline) {
        if (Files.readString(log).contains(READY)) {
          return true;
        }
        Thread.sleep(10);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  private void destroy() {
    stop();
    delete(folder);
  }

  private void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw notStarted("no free port: " + e.getMessage(), e);
    }
  }

  private static Path temporaryFolder() {
    try {
      return Files.createTempDirectory("item2vec-redis");
    } catch (IOException e) {
      throw notStarted("no temporary folder: " + e.getMessage(), e);
    }
  }

  private static String tail(Path log) {
    try {
      List<String> lines = Files.readAllLines(log);
      return String.join(" | ", lines.subList(Math.max(0, lines.size() - 5), lines.size()));
    } catch (IOException e) {
      return "(no log: " + e.getMessage() + ")";
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(file -> file.delete());
    } catch (IOException e) {
      // a leftover in the temporary folder is no reason to fail
    }
  }

  private static RedisException noProgram() {
    return new RedisException(
        "no Redis server to start: there is no redis-server on the PATH, and embedded-redis is not"
            + " on the classpath or has none for "
            + ServerBinary.platform()
            + "; install one or give a running server with --redis HOST:PORT");
  }

  private static RedisException notStarted(String reason, Throwable cause) {
    return new RedisException(
        "the embedded Redis did not start: "
            + reason
            + "; or give a running server with --redis HOST:PORT",
        cause);
  }
}
