package io.github.item2vec.math;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Tasks of one executor touch the kernels at the same moment, each task another one first. */
class InitialisationTest {
  private static final List<Class<?>> FIRST =
      List.of(BatchMath.class, CbowMath.class, PanelMath.class, RowMath.class, ScoreMath.class);

  @Test
  void threadsThatMeetInTheKernelsDoNotWaitForEachOther() throws Exception {
    URL classes = RowMath.class.getProtectionDomain().getCodeSource().getLocation();
    for (int round = 0; round < 100; round++) {
      try (URLClassLoader loader = new OwnKernels(classes)) {
        List<Thread> threads = new ArrayList<>();
        CountDownLatch start = new CountDownLatch(1);
        for (Class<?> kernel : FIRST) {
          Thread thread = new Thread(() -> initialise(loader, kernel.getName(), start));
          thread.setDaemon(true); // the test ends when they hang
          thread.start();
          threads.add(thread);
        }
        start.countDown();
        for (Thread thread : threads) {
          thread.join(TimeUnit.SECONDS.toMillis(30));
          assertThat(thread.isAlive()).as("round %d: waits for another", round).isFalse();
        }
      }
    }
  }

  private static void initialise(ClassLoader loader, String kernel, CountDownLatch start) {
    try {
      start.await();
      Class.forName(kernel, true, loader).getMethod("best").invoke(null);
    } catch (InterruptedException | ReflectiveOperationException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Loads the kernels once more; all else is shared. */
  private static final class OwnKernels extends URLClassLoader {
    OwnKernels(URL classes) {
      super(new URL[] {classes}, InitialisationTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(RowMath.class.getPackageName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }
  }
}
