/*
 * Licensed under the Apache License, Version 2.0 (the "License");
 * you may not use this file except in compliance with the License.
 * You may obtain a copy of the License at
 *
 *     https://www.apache.org/licenses/LICENSE-2.0
 *
 * Unless required by applicable law or agreed to in writing, software
 * distributed under the License is distributed on an "AS IS" BASIS,
 * WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
 * See the License for the specific language governing permissions and
 * limitations under the License.
 */

package io.jamesext.stores;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The Java that this program runs on, for the programs it starts, and what it must open to them. */
public final class Jvm {
    /** The first Java without a security manager, which Cassandra 4.1 sets. */
    private static final int WITHOUT_SECURITY_MANAGER = 24;

    private static final List<String> CASSANDRA_EXPORTS = List.of(
        "java.base/jdk.internal.misc", "java.base/jdk.internal.ref", "java.base/sun.nio.ch", "java.base/java.lang.ref",
        "java.management.rmi/com.sun.jmx.remote.internal.rmi", "java.rmi/sun.rmi.registry", "java.rmi/sun.rmi.server",
        "java.rmi/sun.rmi.transport.tcp", "java.sql/java.sql", "jdk.unsupported/sun.misc");
    private static final List<String> CASSANDRA_OPENS = List.of(
        "java.base/java.lang.module", "java.base/jdk.internal.loader", "java.base/jdk.internal.ref", "java.base/jdk.internal.reflect",
        "java.base/jdk.internal.math", "java.base/jdk.internal.module", "java.base/jdk.internal.util.jar", "java.base/sun.nio.ch",
        "java.base/java.io", "java.base/java.util", "java.base/java.util.concurrent", "java.base/java.util.concurrent.atomic",
        "java.base/java.nio", "java.base/java.lang", "java.base/java.lang.reflect", "java.base/sun.net.www.protocol.jar",
        "jdk.management/com.sun.management.internal");

    private Jvm() {
    }

    /** The path of the executable. */
    public static String executable() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    static boolean hasSecurityManager() {
        return Runtime.version().feature() < WITHOUT_SECURITY_MANAGER;
    }

    /** Allowed by default before 18, refused since 24. */
    static List<String> securityManager() {
        return hasSecurityManager() ? List.of("-Djava.security.manager=allow") : List.of();
    }

    /** The packages that Cassandra 4.1 uses in spite of their modules. */
    static List<String> cassandraOpens() {
        return Stream.concat(
            CASSANDRA_EXPORTS.stream().map(name -> "--add-exports=" + name + "=ALL-UNNAMED"),
            CASSANDRA_OPENS.stream().map(name -> "--add-opens=" + name + "=ALL-UNNAMED")).toList();
    }
}
