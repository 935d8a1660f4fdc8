package io.github.item2vec.redis.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Free ports for servers that get them by name: of a range for each fork of the tests, below those
 * that the system gives to whoever asks for any, so that nobody else takes one before its server
 * does, or while that is down.
 */
public final class TestPorts {
  private static final int FIRST = 20_000;
  private static final int FORKS = 3;
  private static final int PORTS_A_FORK = 4_000;

  /** Named in the pom; 0 where tests run without it. */
  private static final int FORK = Integer.getInteger("test.fork", 0) % FORKS;

  /** Begins anywhere, because another build may be at work on this machine. */
  private static final AtomicInteger turns = new AtomicInteger(new Random().nextInt(PORTS_A_FORK));

  private TestPorts() {}

  public static int next() {
    for (int attempt = 0; attempt < PORTS_A_FORK; attempt++) {
      int port = FIRST + FORK * PORTS_A_FORK + turns.getAndIncrement() % PORTS_A_FORK;
      try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return socket.getLocalPort();
      } catch (IOException taken) {
        // the next one
      }
    }
    throw new AssertionError("no free port");
  }
}
