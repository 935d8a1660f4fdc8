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
 * some of them. The caller bounds how many. Used on the driver, and inside tasks that read.
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
    return each(command, before.length, keys.stream().map(key -> arguments(before, key)).toList());
  }

  /**
   * The replies to the command with each of these lists of arguments, in their order.
   *
   * @param place of the key among the arguments
   */
  List<Object> each(Command command, int place, List<byte[][]> calls) {
    Map<Masters.Master, List<Integer>> numbers = new LinkedHashMap<>();
    for (int i = 0; i < calls.size(); i++) {
      Masters.Master holding = servers.masters().holding(calls.get(i)[place]);
      numbers.computeIfAbsent(holding, m -> new ArrayList<>()).add(i);
    }
    Object[] replies = new Object[calls.size()];
    numbers.forEach(
        (master, some) -> {
          List<byte[][]> own = some.stream().map(calls::get).toList();
          List<Object> said = servers.on(master, session -> said(session, command, own));
          for (int i = 0; i < own.size(); i++) {
            byte[][] arguments = own.get(i);
            replies[some.get(i)] =
                followed(said.get(i), master, command, arguments, arguments[place]);
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

  private static List<Object> said(RedisSession session, Command command, List<byte[][]> calls) {
    try {
      calls.forEach(arguments -> session.send(command, arguments));
      return session.replies(calls.size());
    } catch (JedisException e) {
      throw RedisFailure.of(session.target(), command.name(), e);
    }
  }

  /** The reply, or that of the master that has just been given the key's slot. */
  private Object followed(
      Object reply, Masters.Master master, Command command, byte[][] arguments, byte[] key) {
    if (!(reply instanceof JedisDataException error)) {
      return reply;
    }
    if (Redirect.of(error).isEmpty()) {
      throw RedisFailure.of(master.target(), command.name(), error);
    }
    return servers.at(key, moved -> moved.call(command, arguments));
  }

  private static byte[][] arguments(byte[][] before, byte[] key) {
    byte[][] arguments = Arrays.copyOf(before, before.length + 1);
    arguments[before.length] = key;
    return arguments;
  }
}
