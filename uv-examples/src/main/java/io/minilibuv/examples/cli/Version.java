// SPDX-License-Identifier: MIT
package io.minilibuv.examples.cli;

import io.minilibuv.core.Uv;
import java.lang.module.ModuleDescriptor;
import picocli.CommandLine.IVersionProvider;

/** Tells the versions of this program, of the libuv that it follows, and of the JVM. */
public final class Version implements IVersionProvider {
  /** Made by picocli. */
  Version() {}

  @Override
  public String[] getVersion() {
    ModuleDescriptor module = Version.class.getModule().getDescriptor();
    // There is no module when the program is run from a class path.
    String own = module != null ? module.rawVersion().orElse("unknown") : "unknown";
    return new String[] {
      "uv " + own + " (libuv " + Uv.versionString() + ", Java " + Runtime.version() + ")"
    };
  }
}
