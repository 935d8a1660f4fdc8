package io.github.item2vec.redis;

import io.github.item2vec.redis.server.RedisTarget;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/** A way to a real server on which connections are reset when a test says so. */
public final class BreakingProxy implements AutoCloseable {
  /** What happens to what a client has just sent, and to its connection. */
  public enum Fate {
    /** It is passed on. */
    PASS,
    /** The connection is reset before the server sees it. */
    LOSE,
    /** The server gets it, the client gets no reply but a reset. */
    LOSE_REPLY
  }

  private final ServerSocket socket;
  private final RedisTarget server;
  private final AtomicInteger connections = new AtomicInteger();
  private volatile BiFunction<Integer, String, Fate> fate = (connection, sent) -> Fate.PASS;

  public BreakingProxy(RedisTarget server) throws IOException {
    this.server = server;
    this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  public RedisTarget target() {
    return RedisTarget.of("127.0.0.1", socket.getLocalPort());
  }

  /** Decides by the number of the connection and what was sent, as Latin-1. */
  public void decide(BiFunction<Integer, String, Fate> decision) {
    fate = decision;
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket client = socket.accept();
        Socket behind = new Socket(InetAddress.getLoopbackAddress(), server.port());
        int connection = connections.incrementAndGet();
        daemon(() -> forward(connection, client, behind));
        daemon(() -> back(behind, client));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void forward(int connection, Socket client, Socket behind) {
    byte[] bytes = new byte[1 << 16];
    try (client;
        behind) {
      InputStream in = client.getInputStream();
      OutputStream out = behind.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        Fate next = fate.apply(connection, new String(bytes, 0, read, StandardCharsets.ISO_8859_1));
        if (next != Fate.PASS) {
          client.setSoLinger(true, 0); // a reset, and nothing comes back any more
          client.close();
        }
        if (next != Fate.LOSE) {
          out.write(bytes, 0, read);
        }
        if (next == Fate.LOSE_REPLY) {
          Thread.sleep(300); // until the server has done it
        }
        if (next != Fate.PASS) {
          return;
        }
      }
    } catch (IOException | InterruptedException e) {
      // either side has gone: so has the other, by closing both
    }
  }

  private static void back(Socket behind, Socket client) {
    byte[] bytes = new byte[1 << 16];
    try (client;
        behind) {
      InputStream in = behind.getInputStream();
      OutputStream out = client.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        out.write(bytes, 0, read);
      }
    } catch (IOException e) {
      // either side has gone
    }
  }

  private static void daemon(Runnable body) {
    Thread thread = new Thread(body, "breaking-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
