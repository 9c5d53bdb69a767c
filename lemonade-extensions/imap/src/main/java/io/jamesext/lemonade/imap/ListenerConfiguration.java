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

package io.jamesext.lemonade.imap;

import java.util.Iterator;
import java.util.Map;
import java.util.regex.Pattern;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSortedSet;
import io.jamesext.lemonade.imap.frame.FrameLimits;
import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.util.Size;

/**
 * The configuration of one listener: the keys of James's {@code imapserver.xml}, all of them and no other, with our defaults for the
 * three limits.
 *
 * <p>An unknown key or a bad value is refused with the file, the key and what was expected: James ignores both.
 */
final class ListenerConfiguration {
    /** The name of the file without its ending, and of the element of a listener in it. */
    static final String NAME = "lemonadeimapserver";

    private static final String LITERAL_SIZE_LIMIT = "literalSizeLimit";
    private static final String IN_MEMORY_SIZE_LIMIT = "inMemorySizeLimit";
    private static final String MAX_LINE_LENGTH = "maxLineLength";
    private static final String DEFAULT_LITERAL_SIZE_LIMIT = "64M";
    private static final String DEFAULT_IN_MEMORY_SIZE_LIMIT = "1M";
    private static final int DEFAULT_MAX_LINE_LENGTH = 65536;
    private static final int MIN_LINE_LENGTH = 8000;

    private enum Kind {
        TEXT("text", ".*"),
        BOOLEAN("true or false", "true|false"),
        NUMBER("a whole number of at least 0", "\\d{1,9}"),
        TIMEOUT("a number of seconds of at least 1800 (RFC 3501 section 5.4)", "1[89]\\d{2}|[2-9]\\d{3}|\\d{5,9}"),
        SIGNED("a whole number", "-?\\d{1,9}"),
        SIZE("a size greater than 0 such as 500K or 64M, below 2G",
            "0*[1-9]\\d{0,8}|0*[1-9]\\d{0,5}[Kk]|0*[1-9]\\d{0,2}[Mm]|0*1\\d{3}[Mm]|1[Gg]"),
        UNIT("one of NANOSECONDS to DAYS, in capitals", "NANOSECONDS|MICROSECONDS|MILLISECONDS|SECONDS|MINUTES|HOURS|DAYS"),
        ADDRESSES("HOST:PORT, several separated by commas", "\\s*[^:,\\s]+:\\d{1,5}\\s*(,\\s*[^:,\\s]+:\\d{1,5}\\s*)*");

        private final String expected;
        private final Pattern pattern;

        Kind(String expected, String pattern) {
            this.expected = expected;
            this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
        }
    }

    private static final Map<String, Kind> KEYS = ImmutableMap.<String, Kind>builder()
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
        .put("gracefulShutdown", Kind.BOOLEAN)
        .put("proxyRequired", Kind.BOOLEAN)
        .put("helloName", Kind.TEXT)
        .put("helloName[@autodetect]", Kind.BOOLEAN)
        .put("timeout", Kind.TIMEOUT)
        .put("compress", Kind.BOOLEAN)
        .put(MAX_LINE_LENGTH, Kind.NUMBER)
        .put(IN_MEMORY_SIZE_LIMIT, Kind.SIZE)
        .put(LITERAL_SIZE_LIMIT, Kind.SIZE)
        .put("plainAuthDisallowed", Kind.BOOLEAN)
        .put("enableIdle", Kind.BOOLEAN)
        .put("idleTimeInterval", Kind.NUMBER)
        .put("idleTimeIntervalUnit", Kind.UNIT)
        .put("ignoreIDLEUponProcessing", Kind.BOOLEAN)
        .put("disabledCaps", Kind.TEXT)
        .put("maxQueueSize", Kind.NUMBER)
        .put("concurrentRequests", Kind.SIGNED)
        .put("provisionDefaultMailboxes", Kind.BOOLEAN)
        .put("customProperties", Kind.TEXT)
        .put("auth.requireSSL", Kind.BOOLEAN)
        .put("auth.plainAuthEnabled", Kind.BOOLEAN)
        .put("auth.oidc.oidcConfigurationURL", Kind.TEXT)
        .put("auth.oidc.jwksURL", Kind.TEXT)
        .put("auth.oidc.claim", Kind.TEXT)
        .put("auth.oidc.scope", Kind.TEXT)
        .put("auth.oidc.introspection.url", Kind.TEXT)
        .put("auth.oidc.introspection.auth", Kind.TEXT)
        .put("auth.oidc.userinfo.url", Kind.TEXT)
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

    private ListenerConfiguration() {
    }

    /**
     * Checks a listener and fills in our defaults.
     *
     * @throws ConfigurationException that names the file, the key and what was expected
     */
    static void prepare(HierarchicalConfiguration<ImmutableNode> listener) throws ConfigurationException {
        for (Iterator<String> keys = listener.getKeys(); keys.hasNext();) {
            String key = keys.next().replace(".[@", "[@");
            if (!key.isEmpty()) {
                check(listener, key);
            }
        }
        addDefault(listener, LITERAL_SIZE_LIMIT, DEFAULT_LITERAL_SIZE_LIMIT);
        addDefault(listener, IN_MEMORY_SIZE_LIMIT, DEFAULT_IN_MEMORY_SIZE_LIMIT);
        addDefault(listener, MAX_LINE_LENGTH, DEFAULT_MAX_LINE_LENGTH);
        if (listener.getInt(MAX_LINE_LENGTH) < MIN_LINE_LENGTH) {
            throw bad(MAX_LINE_LENGTH, listener.getString(MAX_LINE_LENGTH), "at least 8000 (RFC 2683 section 3.2.1.5)");
        }
    }

    /** The limits of the frames, once {@link #prepare} has filled in the defaults. */
    static FrameLimits limits(HierarchicalConfiguration<ImmutableNode> listener) {
        return new FrameLimits(listener.getInt(MAX_LINE_LENGTH), octets(listener, LITERAL_SIZE_LIMIT), octets(listener,
            IN_MEMORY_SIZE_LIMIT));
    }

    private static int octets(HierarchicalConfiguration<ImmutableNode> listener, String key) {
        return Math.toIntExact(Size.parse(listener.getString(key)).asBytes());
    }

    private static void addDefault(HierarchicalConfiguration<ImmutableNode> listener, String key, Object value) {
        if (!listener.containsKey(key)) {
            listener.addProperty(key, value);
        }
    }

    private static void check(HierarchicalConfiguration<ImmutableNode> listener, String key) throws ConfigurationException {
        Kind kind = KEYS.get(key);
        if (kind == null) {
            throw new ConfigurationException(NAME + ".xml: unknown key `" + key + "`; expected one of "
                + String.join(", ", ImmutableSortedSet.copyOf(KEYS.keySet())));
        }
        for (String value : listener.getStringArray(key)) {
            if (!kind.pattern.matcher(value.trim()).matches()) {
                throw bad(key, value, kind.expected);
            }
        }
    }

    private static ConfigurationException bad(String key, String value, String expected) {
        return new ConfigurationException(NAME + ".xml: key `" + key + "` is `" + value + "`; expected " + expected);
    }
}
