package io.github.item2vec.redis.server;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocketFactory;
import redis.clients.jedis.ClientSetInfoConfig;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection, logged in and on its database, for one thread: the driver's or a task's. Every
 * failure is a {@link RedisException} that names the target.
 */
public final class RedisSession implements AutoCloseable {
  private final RedisTarget target;
  private final Sockets sockets;
  private final Connection connection;
  private boolean asking;
  private boolean inTransaction;

  private RedisSession(RedisTarget target, Sockets sockets, Connection connection) {
    this.target = target;
    this.sockets = sockets;
    this.connection = connection;
  }

  public static RedisSession open(RedisTarget target) {
    try {
      JedisClientConfig config = config(target);
      Sockets sockets = new Sockets(new DefaultJedisSocketFactory(address(target), config));
      return new RedisSession(target, sockets, new Connection(sockets, config));
    } catch (JedisException e) {
      throw RedisFailure.of(target, "connecting", e);
    }
  }

  /** A pooled client of the server or its cluster, as applications use one; its user closes it. */
  public static UnifiedJedis client(RedisTarget target) {
    return ServerFacts.of(target).clusterNode()
        ? RedisClusterClient.builder()
            .nodes(Set.of(address(target)))
            .clientConfig(config(target))
            .build()
        : RedisClient.builder().hostAndPort(address(target)).clientConfig(config(target)).build();
  }

  private static HostAndPort address(RedisTarget target) {
    return new HostAndPort(target.host(), target.port());
  }

  private static JedisClientConfig config(RedisTarget target) {
    if (!target.user().isEmpty() && target.password().isEmpty()) {
      // without a password the client would send no AUTH and work as the default user
      throw new RedisException(
          "the login has a user and no password for "
              + target
              + ": give REDIS_PASSWORD, or write USER:PASSWORD@ (:PASSWORD@ without a user)");
    }
    DefaultJedisClientConfig.Builder config =
        DefaultJedisClientConfig.builder()
            .resp2()
            .timeoutMillis(target.timeoutMillis())
            .database(target.db())
            .clientSetInfoConfig(ClientSetInfoConfig.DISABLED);
    if (target.tls()) {
      encrypt(config, target);
    }
    if (!target.password().isEmpty()) {
      config.password(target.password());
    }
    if (!target.user().isEmpty()) {
      config.user(target.user());
    }
    return config.build();
  }

  /** Jedis' newer SslOptions want key stores in files, which an executor does not have. */
  @SuppressWarnings("deprecation")
  private static void encrypt(DefaultJedisClientConfig.Builder config, RedisTarget target) {
    config.ssl(true).sslSocketFactory(sockets(target)).sslParameters(hostNameChecked());
  }

  private static SSLSocketFactory sockets(RedisTarget target) {
    try {
      return target.tlsKeys().context().getSocketFactory();
    } catch (GeneralSecurityException | IOException e) {
      throw new RedisException("TLS for " + target + " cannot be set up: " + e.getMessage(), e);
    }
  }

  private static SSLParameters hostNameChecked() {
    SSLParameters parameters = new SSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    return parameters;
  }

  public RedisTarget target() {
    return target;
  }

  /** Whether {@link #call} is to a node that is taking the keys' slot over from another. */
  void asking(boolean takingOver) {
    asking = takingOver;
  }

  /** Whether the connection was lost; nothing can be sent over it any more. */
  boolean broken() {
    return connection.isBroken();
  }

  /** Sends one command and waits for its reply; an error reply is thrown. */
  public Object call(Command command, byte[]... arguments) {
    try {
      if (asking && !inTransaction) {
        connection.sendCommand(Command.ASKING); // before MULTI it counts until EXEC
        connection.getOne();
      }
      inTransaction =
          command == Command.MULTI
              || (inTransaction && command != Command.EXEC && command != Command.DISCARD);
      connection.sendCommand(command, arguments);
      return connection.getOne();
    } catch (JedisException e) {
      throw RedisFailure.of(target, command.name(), e);
    }
  }

  /** Sends what is in the buffer, past Jedis' own, which takes each argument as an object. */
  public void send(CommandBuffer commands) {
    try {
      commands.writeTo(sockets.last.getOutputStream());
    } catch (IOException e) {
      throw new JedisConnectionException(e.getMessage(), e);
    }
  }

  /** Puts one command into the buffer; {@link #replies} sends what is in it. */
  public void send(Command command, byte[]... arguments) {
    connection.sendCommand(command, arguments);
  }

  /** The next replies, in order, errors among them: the caller looks at each. */
  public List<Object> replies(int count) {
    return connection.getMany(count);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (JedisException e) {
      // every reply was read or the failure is already on its way up; nothing is left to lose
    }
  }

  /** Remembers the socket that Jedis got, connected and encrypted. */
  private static final class Sockets implements JedisSocketFactory {
    private final JedisSocketFactory factory;
    private Socket last;

    Sockets(JedisSocketFactory factory) {
      this.factory = factory;
    }

    @Override
    public Socket createSocket() {
      last = factory.createSocket();
      return last;
    }
  }
}
