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

import java.util.Map;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.util.Size;

import com.google.common.collect.ImmutableMap;

import io.jamesext.kernel.auth.BearerTokens;
import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.kernel.server.ConfigurationCheck.Kind;
import io.jamesext.lemonade.imap.frame.FrameLimits;

/**
 * The configuration of one listener: the keys of James's {@code imapserver.xml}, all of them and the {@code urlauth} and
 * {@code convert} keys, with our defaults for the three limits and for compression, which is on.
 *
 * <p>An unknown key or a bad value is refused with the file, the key and what was expected: James ignores both.
 */
final class ListenerConfiguration {
    /** The name of the file without its ending, and of the element of a listener in it. */
    static final String NAME = "lemonadeimapserver";

    private static final String LITERAL_SIZE_LIMIT = "literalSizeLimit";
    private static final String IN_MEMORY_SIZE_LIMIT = "inMemorySizeLimit";
    private static final String COMPRESS = "compress";
    private static final String MAX_LINE_LENGTH = "maxLineLength";
    private static final String DEFAULT_LITERAL_SIZE_LIMIT = "64M";
    private static final String DEFAULT_IN_MEMORY_SIZE_LIMIT = "1M";
    private static final int DEFAULT_MAX_LINE_LENGTH = 65536;
    private static final int MIN_LINE_LENGTH = 8000;

    private static final Kind TIMEOUT = Kind.of("a number of seconds of at least 1800 (RFC 3501 section 5.4)",
        "1[89]\\d{2}|[2-9]\\d{3}|\\d{5,9}");
    private static final Kind SIGNED = Kind.of("a whole number", "-?\\d{1,9}");
    private static final Kind SIZE = Kind.of("a size greater than 0 such as 500K or 64M, below 2G",
        "0*[1-9]\\d{0,8}|0*[1-9]\\d{0,5}[Kk]|0*[1-9]\\d{0,2}[Mm]|0*1\\d{3}[Mm]|1[Gg]");
    private static final Kind UNIT = Kind.of("one of NANOSECONDS to DAYS, in capitals",
        "NANOSECONDS|MICROSECONDS|MILLISECONDS|SECONDS|MINUTES|HOURS|DAYS");

    /** What James's IMAP server knows beside the keys of every server. */
    private static final Map<String, Kind> KEYS = ImmutableMap.<String, Kind>builder()
        .put("timeout", TIMEOUT)
        .put(COMPRESS, Kind.BOOLEAN)
        .put(MAX_LINE_LENGTH, Kind.NUMBER)
        .put(IN_MEMORY_SIZE_LIMIT, SIZE)
        .put(LITERAL_SIZE_LIMIT, SIZE)
        .put("enableIdle", Kind.BOOLEAN)
        .put("idleTimeInterval", Kind.NUMBER)
        .put("idleTimeIntervalUnit", UNIT)
        .put("ignoreIDLEUponProcessing", Kind.BOOLEAN)
        .put("disabledCaps", Kind.TEXT)
        .put("maxQueueSize", Kind.NUMBER)
        .put("concurrentRequests", SIGNED)
        .put("provisionDefaultMailboxes", Kind.BOOLEAN)
        .put("customProperties", Kind.TEXT)
        .put("auth.requireSSL", Kind.BOOLEAN)
        .put("auth.plainAuthEnabled", Kind.BOOLEAN)
        .putAll(BearerTokens.KEYS)
        .putAll(UrlServerConfiguration.KEYS)
        .putAll(ConvertConfiguration.KEYS)
        .build();

    private ListenerConfiguration() {
    }

    /**
     * Checks a listener and fills in our defaults.
     *
     * @throws ConfigurationException that names the file, the key and what was expected
     */
    static void prepare(HierarchicalConfiguration<ImmutableNode> listener) throws ConfigurationException {
        ConfigurationCheck.check(NAME, KEYS, listener);
        addDefault(listener, LITERAL_SIZE_LIMIT, DEFAULT_LITERAL_SIZE_LIMIT);
        addDefault(listener, IN_MEMORY_SIZE_LIMIT, DEFAULT_IN_MEMORY_SIZE_LIMIT);
        addDefault(listener, MAX_LINE_LENGTH, DEFAULT_MAX_LINE_LENGTH);
        addDefault(listener, COMPRESS, true);
        if (listener.getInt(MAX_LINE_LENGTH) < MIN_LINE_LENGTH) {
            throw ConfigurationCheck.bad(NAME, MAX_LINE_LENGTH, listener.getString(MAX_LINE_LENGTH),
                "at least 8000 (RFC 2683 section 3.2.1.5)");
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
}
