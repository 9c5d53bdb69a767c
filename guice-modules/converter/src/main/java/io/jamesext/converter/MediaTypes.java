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
package io.jamesext.converter;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import org.apache.tika.Tika;

/** What a part really is: mailers that do not know a file send it as a stream of octets under its own name. */
public final class MediaTypes {
    private static final Set<String> UNKNOWN = Set.of("application/octet-stream", "application/x-octet-stream", "application/download",
        "application/force-download", "application/x-download", "application/unknown", "application/zip");
    private static final Tika BY_NAME = new Tika();

    private MediaTypes() {
    }

    /** The type in lower case that a part has by its name, where the declared one says nothing. */
    public static String guess(String declared, Optional<String> fileName) {
        return UNKNOWN.contains(declared)
            ? fileName.map(name -> BY_NAME.detect(name).toLowerCase(Locale.US)).orElse(declared)
            : declared;
    }
}
