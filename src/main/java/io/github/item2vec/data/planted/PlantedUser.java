package io.github.item2vec.data.planted;

import java.util.BitSet;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** One planted user: a random walk through taste clusters; runs in a task, a bit an item. */
final class PlantedUser {
  private static final int HOMES = 3;
  private static final int TRIES = 12;

  /** One row in so many is what everybody watches; of the rest one in ten drifts to a neighbour. */
  private static final double POPULAR = 0.25;

  private static final double DRIFT = 0.1;
  private static final double NEW_SESSION = 0.06;

  private static final long EPOCH = 874_724_710;
  private static final int DAY = 86_400;

  private final PlantedCatalogue catalogue;
  private final SplittableRandom random;
  private final long user;
  private final BitSet seen;
  private final int[] homes = new int[HOMES];
  private final double bias;
  private int cluster;
  private long time;

  PlantedUser(PlantedCatalogue catalogue, long seed, long user) {
    this.catalogue = catalogue;
    this.user = user;
    // the golden ratio's odd constant, as SplittableRandom itself uses, keeps the users' seeds
    // apart
    this.random = new SplittableRandom(seed ^ (user + 1) * 0x9E3779B97F4A7C15L).split();
    this.seen = new BitSet(catalogue.items);
    for (int i = 0; i < HOMES; i++) {
      homes[i] = random.nextInt(catalogue.clusters);
    }
    this.bias = 0.3 * PlantedCatalogue.noise(random);
    this.cluster = homes[0];
    this.time = EPOCH + random.nextInt(180 * DAY);
  }

  /** The user's first {@code count} rows, in time order, no item twice. */
  Stream<String> lines(long count) {
    return LongStream.range(0, count).mapToObj(i -> line());
  }

  private String line() {
    move();
    int item = unseen();
    seen.set(item);
    return (user + 1) + "\t" + (item + 1) + "\t" + rating(item) + "\t" + time;
  }

  private void move() {
    time += 1 + random.nextInt(60);
    double step = random.nextDouble();
    if (step < NEW_SESSION) {
      time += random.nextInt(14 * DAY);
      cluster = homes[random.nextInt(HOMES)];
    } else if (step < NEW_SESSION + DRIFT) {
      drift();
    }
  }

  private void drift() {
    cluster = Math.floorMod(cluster + (random.nextBoolean() ? 1 : -1), catalogue.clusters);
  }

  private int unseen() {
    boolean popular = random.nextDouble() < POPULAR;
    int item = 0;
    for (int i = 1; i <= TRIES; i++) {
      item = popular ? catalogue.draw(random) : catalogue.draw(cluster, random);
      if (!seen.get(item)) {
        return item;
      }
      if (i % 4 == 0) {
        drift();
      }
    }
    int free = seen.nextClearBit(item);
    return free < catalogue.items ? free : seen.nextClearBit(0);
  }

  private int rating(int item) {
    int distance = catalogue.clusters;
    for (int home : homes) {
      int apart = Math.abs(home - catalogue.clusterOf(item));
      distance = Math.min(distance, Math.min(apart, catalogue.clusters - apart));
    }
    double liking = 3.1 + 0.8 / (1 + distance) + bias + catalogue.quality[item];
    long rating = Math.round(liking + 0.15 + 0.8 * PlantedCatalogue.noise(random));
    return (int) Math.max(1, Math.min(5, rating));
  }
}
