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

import java.time.Duration;
import java.util.Map;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.util.Size;

import com.google.common.collect.ImmutableMap;

import io.jamesext.converter.Converter;
import io.jamesext.kernel.server.ConfigurationCheck.Kind;
import io.jamesext.lemonade.imap.convert.ConvertLimits;

/** The {@code convert} keys of a listener: what conversions may cost. */
final class ConvertConfiguration {
    private static final String MAX_INPUT_SIZE = "convert.maxInputSize";
    private static final String MAX_OUTPUT_SIZE = "convert.maxOutputSize";
    private static final String MAX_PIXELS = "convert.maxPixels";
    private static final String TIMEOUT = "convert.timeout";
    private static final String PROCESSES = "convert.processes";
    private static final String MEMORY = "convert.memory";
    private static final String CACHE_SIZE = "convert.cacheSize";
    private static final String MAX_MESSAGES = "convert.maxMessages";
    private static final String MAX_PARTS = "convert.maxParts";
    private static final String DEFAULT_PICTURE = "convert.defaultImage";

    private static final Kind SIZE = Kind.of("a size greater than 0 such as 500K or 20M, at most 256M",
        "0*[1-9]\\d{0,7}|0*[1-9]\\d{0,4}[Kk]|0*[1-9]\\d?[Mm]|0*1\\d{2}[Mm]|0*2[0-4]\\d[Mm]|0*25[0-6][Mm]");
    private static final Kind PIXELS = Kind.of("a number of pixels from 1 to 999999999", "0*[1-9]\\d{0,8}");
    private static final Kind COUNT = Kind.of("a whole number from 1 to 999", "0*[1-9]\\d{0,2}");
    private static final Kind FEW = Kind.of("a whole number from 1 to 64", "0*([1-9]|[1-5]\\d|6[0-4])");
    private static final Kind MEGABYTES = Kind.of("megabytes from 64M to 1999M", "0*(6[4-9]|[7-9]\\d|[1-9]\\d{2}|1\\d{3})[Mm]");
    private static final Kind PICTURE = Kind.of("image/jpeg, image/png or image/gif", "image/(jpeg|png|gif)");

    /** What the file may say. */
    static final Map<String, Kind> KEYS = ImmutableMap.<String, Kind>builder()
        .put(MAX_INPUT_SIZE, SIZE)
        .put(MAX_OUTPUT_SIZE, SIZE)
        .put(MAX_PIXELS, PIXELS)
        .put(TIMEOUT, COUNT)
        .put(PROCESSES, FEW)
        .put(MEMORY, MEGABYTES)
        .put(CACHE_SIZE, SIZE)
        .put(MAX_MESSAGES, COUNT)
        .put(MAX_PARTS, COUNT)
        .put(DEFAULT_PICTURE, PICTURE)
        .build();

    private ConvertConfiguration() {
    }

    /** Limits of the converter. */
    static Converter.Limits converter(HierarchicalConfiguration<ImmutableNode> listener) {
        Converter.Limits defaults = Converter.Limits.DEFAULT;
        return new Converter.Limits(
            octets(listener, MAX_INPUT_SIZE, defaults.maxInputBytes()),
            octets(listener, MAX_OUTPUT_SIZE, defaults.maxOutputBytes()),
            listener.getInt(MAX_PIXELS, defaults.maxPixels()),
            Duration.ofSeconds(listener.getInt(TIMEOUT, (int) defaults.maxTime().toSeconds())),
            listener.getInt(PROCESSES, defaults.processes()),
            octets(listener, MEMORY, defaults.memoryMegabytes() << 20) >> 20);
    }

    /** Limits of a command. */
    static ConvertLimits limits(HierarchicalConfiguration<ImmutableNode> listener) {
        return new ConvertLimits(listener.getInt(MAX_MESSAGES, 20), listener.getInt(MAX_PARTS, 10),
            octets(listener, CACHE_SIZE, 64 << 20), listener.getString(DEFAULT_PICTURE, "image/jpeg"));
    }

    private static int octets(HierarchicalConfiguration<ImmutableNode> listener, String key, int otherwise) {
        return listener.containsKey(key) ? Math.toIntExact(Size.parse(listener.getString(key)).asBytes()) : otherwise;
    }
}
