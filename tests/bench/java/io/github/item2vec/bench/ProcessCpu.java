package io.github.item2vec.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** CPU time of this process: all its threads, in user and in kernel mode. */
public final class ProcessCpu {
  private ProcessCpu() {}

  /** Nanoseconds since the process began. */
  public static long time() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
