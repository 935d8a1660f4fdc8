package io.github.item2vec.redis.generation;

import io.github.item2vec.redis.server.Masters;
import io.github.item2vec.redis.server.Redirect;
import io.github.item2vec.redis.server.RedisFailure;
import io.github.item2vec.redis.server.RedisServers;
import io.github.item2vec.redis.server.RedisSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One command for each of many keys, which may be done twice: a round trip to each master that has
 * some of them. The caller bounds how many. Driver only.
 */
final class ManyKeys {
  /** Keys that are a good lot. */
  static final int LOT = 500;

  private static final byte[][] NONE = {};

  private final RedisServers servers;

  ManyKeys(RedisServers servers) {
    this.servers = servers;
  }

  /** The replies to the command with each key as its argument, in the keys' order. */
  List<Object> all(Command command, List<byte[]> keys) {
    return all(command, NONE, keys);
  }

  /**
   * The same.
   *
   * @param before arguments before the key
   */
  List<Object> all(Command command, byte[][] before, List<byte[]> keys) {
    Map<Masters.Master, List<Integer>> places = new LinkedHashMap<>();
    for (int i = 0; i < keys.size(); i++) {
      places.computeIfAbsent(servers.masters().holding(keys.get(i)), m -> new ArrayList<>()).add(i);
    }
    Object[] replies = new Object[keys.size()];
    places.forEach(
        (master, some) -> {
          List<byte[]> held = some.stream().map(keys::get).toList();
          List<Object> said = servers.on(master, session -> said(session, command, before, held));
          for (int i = 0; i < some.size(); i++) {
            replies[some.get(i)] = followed(said.get(i), master, command, before, held.get(i));
          }
        });
    return Arrays.asList(replies);
  }

  /** Those of the keys that are there. */
  List<byte[]> present(List<byte[]> keys) {
    if (!keys.isEmpty() && !servers.masters().cluster()) {
      Object count =
          servers.at(keys.get(0), s -> s.call(Command.EXISTS, keys.toArray(byte[][]::new)));
      if ((long) count == keys.size()) {
        return keys;
      }
      if ((long) count == 0) {
        return List.of();
      }
    }
    List<Object> found = all(Command.EXISTS, keys);
    List<byte[]> present = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      if ((long) found.get(i) > 0) {
        present.add(keys.get(i));
      }
    }
    return present;
  }

  private static List<Object> said(
      RedisSession session, Command command, byte[][] before, List<byte[]> keys) {
    try {
      keys.forEach(key -> session.send(command, arguments(before, key)));
      return session.replies(keys.size());
    } catch (JedisException e) {
      throw RedisFailure.of(session.target(), command.name(), e);
    }
  }

  /** The reply, or that of the master that has just been given the key's slot. */
  private Object followed(
      Object reply, Masters.Master master, Command command, byte[][] before, byte[] key) {
    if (!(reply instanceof JedisDataException error)) {
      return reply;
    }
    if (Redirect.of(error).isEmpty()) {
      throw RedisFailure.of(master.target(), command.name(), error);
    }
    return servers.at(key, moved -> moved.call(command, arguments(before, key)));
  }

  private static byte[][] arguments(byte[][] before, byte[] key) {
    byte[][] arguments = Arrays.copyOf(before, before.length + 1);
    arguments[before.length] = key;
    return arguments;
  }
}
