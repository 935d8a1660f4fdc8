package io.github.item2vec.redis.server;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.util.JedisClusterCRC16;

/**
 * The servers that hold a target's keys at one moment: a server on its own, or the masters of the
 * cluster that it is a node of, with the slots each of them has. Immutable; read on the driver,
 * travels into tasks.
 */
public final class Masters implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final int SLOTS = 16_384;
  private static final Set<String> ABSENT = Set.of("fail", "noaddr", "handshake");

  /**
   * A server that takes writes.
   *
   * @param id of the node in its cluster; empty without one
   * @param runId changes when the process starts anew
   * @param slots how many it has
   */
  public record Master(String id, RedisTarget target, String runId, int slots)
      implements Serializable {
    /** Its share of the keys. */
    public double share() {
      return (double) slots / SLOTS;
    }
  }

  private final List<Master> all;

  /** Of each slot, the place of its master in {@link #all}; -1 for none. */
  private final short[] owners;

  /** The ids of all nodes, replicas too. */
  private final Set<String> nodes;

  private Masters(List<Master> all, short[] owners, Set<String> nodes) {
    this.all = all;
    this.owners = owners;
    this.nodes = nodes;
  }

  /**
   * Asks the server and, of a cluster, each master; one connection each.
   *
   * @throws RedisException when one does not answer
   */
  public static Masters read(RedisTarget target) {
    try (RedisSession session = RedisSession.open(target)) {
      ServerFacts facts = ServerFacts.of(session);
      if (!facts.clusterNode()) {
        Master only = new Master("", target, facts.runId(), SLOTS);
        return new Masters(List.of(only), new short[SLOTS], Set.of());
      }
      byte[] nodes = (byte[]) session.call(Command.CLUSTER, Utf8.bytes("NODES"));
      return parse(Utf8.text(nodes), target);
    }
  }

  /** Lines of CLUSTER NODES: id, address, flags, master, ping, pong, epoch, link, slots ... */
  private static Masters parse(String text, RedisTarget asked) {
    List<Master> all = new ArrayList<>();
    Set<String> nodes = new HashSet<>();
    short[] owners = new short[SLOTS];
    Arrays.fill(owners, (short) -1);
    for (String line : text.lines().toList()) {
      String[] fields = line.split(" ", -1);
      nodes.add(fields[0]);
      Set<String> flags = Set.of(fields[2].split(",", -1));
      if (flags.contains("master") && Collections.disjoint(flags, ABSENT)) {
        int slots = own(owners, (short) all.size(), fields);
        RedisTarget target = address(fields[1], asked);
        all.add(new Master(fields[0], target, ServerFacts.of(target).runId(), slots));
      }
    }
    return new Masters(List.copyOf(all), owners, nodes);
  }

  /** Slots that move are in brackets, and still their old master's. */
  private static int own(short[] owners, short master, String[] fields) {
    int count = 0;
    for (String range : Arrays.asList(fields).subList(8, fields.length)) {
      if (!range.startsWith("[") && !range.isEmpty()) {
        String[] ends = range.split("-", 2);
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[ends.length - 1]);
        Arrays.fill(owners, first, last + 1, master);
        count += last + 1 - first;
      }
    }
    return count;
  }

  /**
   * {@code ip:port@bus-port[,host]}; TLS checks names, so there the host counts. A node that has
   * not been told its own address leaves it out.
   */
  private static RedisTarget address(String text, RedisTarget asked) {
    String[] parts = text.split(",", -1);
    String plain = parts[0].substring(0, parts[0].indexOf('@'));
    int colon = plain.lastIndexOf(':');
    String host = colon == 0 ? asked.host() : plain.substring(0, colon);
    if (asked.tls() && parts.length > 1 && !parts[1].isEmpty() && !parts[1].contains("=")) {
      host = parts[1];
    }
    return asked.withAddress(host, Integer.parseInt(plain.substring(colon + 1)));
  }

  public List<Master> all() {
    return all;
  }

  public boolean cluster() {
    return !nodes.isEmpty();
  }

  /** Whether each slot has a master. */
  public boolean complete() {
    for (short owner : owners) {
      if (owner < 0) {
        return false;
      }
    }
    return true;
  }

  /** The master that has the key's slot. */
  public Master holding(byte[] key) {
    short owner = owners[cluster() ? JedisClusterCRC16.getSlot(key) : 0];
    if (owner < 0) {
      throw new RedisException(
          "no master of the cluster of "
              + all.get(0).target()
              + " has the slot of "
              + KeyText.of(key)
              + ": mend the cluster");
    }
    return all.get(owner);
  }

  /** The master at that address. */
  public Master at(HostAndPort node) {
    return all.stream()
        .filter(master -> master.target().port() == node.getPort())
        .filter(master -> master.target().host().equals(node.getHost()))
        .findFirst()
        .orElseThrow(() -> new RedisException(node + " is no master of the cluster of " + this));
  }

  /**
   * The slots as they are now, asked of a master that answers and still knows all the others; the
   * run ids stay those of the first time, so that a restart in between is noticed.
   *
   * @throws RedisException when there is no such master
   */
  public Masters again() {
    RedisException last = null;
    for (Master master : all) {
      try {
        Masters now = read(master.target());
        if (now.nodes.containsAll(all.stream().map(Master::id).toList())) {
          return now.withRunIds(this);
        }
        last = foreign(master.target());
      } catch (RedisException e) {
        last = e;
      }
    }
    throw last;
  }

  public static RedisException foreign(RedisTarget target) {
    return new RedisException(
        target + " is a node of another cluster than the others: mend its membership, run again");
  }

  private Masters withRunIds(Masters before) {
    List<Master> merged =
        all.stream()
            .map(
                master ->
                    before.all.stream()
                        .filter(known -> known.id().equals(master.id()))
                        .findFirst()
                        .map(
                            known ->
                                new Master(
                                    master.id(), master.target(), known.runId(), master.slots()))
                        .orElse(master))
            .toList();
    return new Masters(merged, owners, nodes);
  }

  @Override
  public String toString() {
    return all.stream().map(master -> master.target().toString()).collect(Collectors.joining(", "));
  }
}
