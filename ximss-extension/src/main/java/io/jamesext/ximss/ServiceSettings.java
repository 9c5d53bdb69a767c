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
package io.jamesext.ximss;

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableSet;

import io.jamesext.kernel.server.ConfigurationCheck;
import io.jamesext.ximss.web.WebRules;

/**
 * What the operator gives to the chapter "Service Operations" of one configured XIMSS server.
 *
 * @param skins key skins: the folder of the skins, which may be missing when the key is
 * @param dictionaries key dictionaries: the folder of the dictionaries for spell checkers; none when the key is missing
 * @param web keys webPorts and webRefused: which other web servers users may reach through this one; none when webPorts is missing
 */
record ServiceSettings(Path skins, Optional<Path> dictionaries, WebRules web) {
    /** The key of {@link #skins}. */
    static final String SKINS = "skins";
    /** The key of {@link #dictionaries}. */
    static final String DICTIONARIES = "dictionaries";
    /** The key of the ports of {@link #web}. */
    static final String WEB_PORTS = "webPorts";
    /** The key of the networks that are not in {@link #web}. */
    static final String WEB_REFUSED = "webRefused";
    /** What is in it. */
    static final ConfigurationCheck.Kind PORTS = ConfigurationCheck.Kind.of("ports, as 80,443", "\\d{1,5}(\\s*,\\s*\\d{1,5})*");
    private static final String DEFAULT_SKINS = "file://conf/ximss/skins/";

    static ServiceSettings of(HierarchicalConfiguration<ImmutableNode> configuration, FileSystem files) {
        Optional<Path> skins = folder(configuration, SKINS, files);
        return new ServiceSettings(skins.orElseGet(() -> path(SKINS, DEFAULT_SKINS, files)),
            folder(configuration, DICTIONARIES, files), web(configuration));
    }

    private static WebRules web(HierarchicalConfiguration<ImmutableNode> configuration) {
        List<String> networks = list(configuration, WEB_REFUSED).toList();
        try {
            return WebRules.of(list(configuration, WEB_PORTS).map(Integer::valueOf).collect(ImmutableSet.toImmutableSet()), networks);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("ximssserver.xml: key `" + WEB_REFUSED + "` is `" + String.join(",", networks)
                + "`; expected networks, as 192.0.2.0/24,2001:db8::/32", e);
        }
    }

    private static Stream<String> list(HierarchicalConfiguration<ImmutableNode> configuration, String key) {
        return Stream.of(configuration.getStringArray(key)).flatMap(some -> Splitter.on(',').trimResults().splitToStream(some));
    }

    private static Optional<Path> folder(HierarchicalConfiguration<ImmutableNode> configuration, String key, FileSystem files) {
        return Optional.ofNullable(configuration.getString(key)).map(url -> {
            Path folder = path(key, url, files);
            if (!Files.isDirectory(folder)) {
                throw bad(key, url);
            }
            return folder;
        });
    }

    private static Path path(String key, String url, FileSystem files) {
        try {
            return files.getFile(url).toPath();
        } catch (FileNotFoundException e) {
            throw bad(key, url);
        }
    }

    private static IllegalArgumentException bad(String key, String url) {
        return new IllegalArgumentException("ximssserver.xml: key `" + key + "` is `" + url
            + "`; expected a folder that is there, as file://conf/ximss/" + key + "/");
    }
}
