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
package io.jamesext.kernel.server;

import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;

/**
 * Refuses unknown keys and bad values before anything is bound, with the file, the key and what was expected, so that a slip of
 * the pen never becomes a server that runs otherwise than its operator thinks.
 */
public final class ConfigurationCheck {
    /**
     * What a value may be.
     *
     * @param expected as the operator is told
     * @param pattern that the whole value matches
     */
    public record Kind(String expected, Pattern pattern) {
        /** Any text. */
        public static final Kind TEXT = of("text", "(?s).*");
        /** true or false. */
        public static final Kind BOOLEAN = of("true or false", "(?i)true|false");
        /** A whole number of at least 0, at most nine digits. */
        public static final Kind NUMBER = of("a whole number of at least 0", "\\d{1,9}");
        /** HOST:PORT, several by commas. */
        public static final Kind ADDRESSES = of("HOST:PORT, several separated by commas",
            "\\s*[^:,\\s]+:\\d{1,5}\\s*(,\\s*[^:,\\s]+:\\d{1,5}\\s*)*");

        /** A kind of a protocol's own. */
        public static Kind of(String expected, String pattern) {
            return new Kind(expected, Pattern.compile(pattern));
        }
    }

    /** The keys that James knows for every server. */
    private static final Map<String, Kind> COMMON = ImmutableMap.<String, Kind>builder()
        .put("[@enabled]", Kind.BOOLEAN)
        .put("jmxName", Kind.TEXT)
        .put("bind", Kind.ADDRESSES)
        .put("connectionBacklog", Kind.NUMBER)
        .put("connectiontimeout", Kind.NUMBER)
        .put("connectionLimit", Kind.NUMBER)
        .put("connectionLimitPerIP", Kind.NUMBER)
        .put("ioWorkerCount", Kind.NUMBER)
        .put("bossWorkerCount", Kind.NUMBER)
        .put("maxExecutorCount", Kind.NUMBER)
        .put("proxyRequired", Kind.BOOLEAN)
        .put("gracefulShutdown", Kind.BOOLEAN)
        .put("helloName", Kind.TEXT)
        .put("helloName[@autodetect]", Kind.BOOLEAN)
        .put("plainAuthDisallowed", Kind.BOOLEAN)
        .put("tls[@socketTLS]", Kind.BOOLEAN)
        .put("tls[@startTLS]", Kind.BOOLEAN)
        .put("tls.keystore", Kind.TEXT)
        .put("tls.keystoreType", Kind.TEXT)
        .put("tls.privateKey", Kind.TEXT)
        .put("tls.certificates", Kind.TEXT)
        .put("tls.secret", Kind.TEXT)
        .put("tls.provider", Kind.TEXT)
        .put("tls.algorithm", Kind.TEXT)
        .put("tls.supportedCipherSuites.cipherSuite", Kind.TEXT)
        .put("tls.supportedProtocols.protocol", Kind.TEXT)
        .put("tls.clientAuth", Kind.TEXT)
        .put("tls.clientAuth.truststore", Kind.TEXT)
        .put("tls.clientAuth.truststoreType", Kind.TEXT)
        .put("tls.clientAuth.truststoreSecret", Kind.TEXT)
        .put("tls.enableOCSPCRLChecks", Kind.BOOLEAN)
        .build();

    /** The key that every server of the kernel knows besides. */
    private static final String FAILED_LOG_IN_DELAY = "failedLogInDelayMillis";
    /** Likewise; never shown, so it is checked where it is used. */
    private static final String CREDENTIAL_KEY = "credentialKey";

    private ConfigurationCheck() {
    }

    /**
     * Checks the element of a server of the kernel.
     *
     * @param factory the protocol, which may know more keys
     * @param server the element
     * @throws ConfigurationException that names the file, the key and what was expected
     */
    public static void check(ProtocolFactory factory, HierarchicalConfiguration<ImmutableNode> server) throws ConfigurationException {
        check(factory.serverName(), ImmutableMap.<String, Kind>builder()
            .put(FAILED_LOG_IN_DELAY, Kind.NUMBER)
            .put(CREDENTIAL_KEY, Kind.TEXT)
            .putAll(factory.keys())
            .build(), server);
        if (factory.requiresTls() && !server.getBoolean("tls[@socketTLS]", false)) {
            throw new ConfigurationException(factory.serverName() + ".xml: <tls socketTLS=\"true\"> is missing; "
                + "this protocol is spoken over TLS only");
        }
    }

    /**
     * Checks one server's element.
     *
     * @param serverName the name of the file without its ending
     * @param own the keys that this server knows beside James's
     * @param server the element
     * @throws ConfigurationException that names the file, the key and what was expected
     */
    public static void check(String serverName, Map<String, Kind> own, HierarchicalConfiguration<ImmutableNode> server)
            throws ConfigurationException {
        Map<String, Kind> known = ImmutableMap.<String, Kind>builder().putAll(COMMON).putAll(own).build();
        for (Iterator<String> keys = server.getKeys(); keys.hasNext();) {
            // Commons Configuration writes an attribute's key with or without a dot.
            String key = keys.next().replace(".[@", "[@");
            if (!key.isEmpty()) {
                checkKey(serverName, key, server, known);
            }
        }
    }

    /** The refusal of a value, for rules that no {@link Kind} can say. */
    public static ConfigurationException bad(String serverName, String key, String value, String expected) {
        return new ConfigurationException(serverName + ".xml: key `" + key + "` is `" + value + "`; expected " + expected);
    }

    private static void checkKey(String serverName, String key, HierarchicalConfiguration<ImmutableNode> server, Map<String, Kind> known)
            throws ConfigurationException {
        Kind kind = known.get(key);
        if (kind == null) {
            throw new ConfigurationException(serverName + ".xml: unknown key `" + key + "`; expected one of "
                + String.join(", ", ImmutableSortedSet.copyOf(known.keySet())));
        }
        for (String value : server.getStringArray(key)) {
            if (!kind.pattern.matcher(value.trim()).matches()) {
                throw bad(serverName, key, value, kind.expected);
            }
        }
    }
}
