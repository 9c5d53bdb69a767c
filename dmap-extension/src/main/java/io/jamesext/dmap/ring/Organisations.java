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
package io.jamesext.dmap.ring;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import com.google.common.collect.Maps;

/** The domains of this installation that have keys. */
public final class Organisations {
    private final Map<String, Organisation> byDomain;

    /** These; one for each domain. */
    public Organisations(Collection<Organisation> organisations) {
        this.byDomain = Maps.uniqueIndex(organisations, Organisation::domain);
    }

    /** That of a domain, whatever the case of its letters. */
    public Optional<Organisation> of(String domain) {
        return Optional.ofNullable(byDomain.get(domain.toLowerCase(Locale.ROOT)));
    }

    /** All. */
    public Collection<Organisation> all() {
        return byDomain.values();
    }
}
