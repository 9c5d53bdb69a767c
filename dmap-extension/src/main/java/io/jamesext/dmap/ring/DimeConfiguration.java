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

import java.io.FileNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Optional;
import java.util.Set;

import org.apache.commons.configuration2.HierarchicalConfiguration;
import org.apache.commons.configuration2.ex.ConfigurationException;
import org.apache.commons.configuration2.tree.ImmutableNode;
import org.apache.james.filesystem.api.FileSystem;

import com.google.common.base.Enums;
import com.google.common.collect.ImmutableSortedSet;

import io.jamesext.kernel.auth.CredentialCipher;
import io.jamesext.kernel.server.ConfigurationCheck;

/** Reads {@code dime.xml}, strictly: a slip of the pen never becomes less protection than its operator thinks. */
public final class DimeConfiguration {
    /** The name of the file without its ending, and of its root element. */
    public static final String NAME = "dime";
    private static final String MODE = "mode";
    private static final String ORGANISATIONS = "organisations";
    private static final String CREDENTIAL_KEY = "credentialKey";
    private static final Set<String> KEYS = ImmutableSortedSet.of(MODE, ORGANISATIONS, CREDENTIAL_KEY);
    /** What is below it is DMTP's, which checks it. */
    private static final String DMTP = "dmtp";

    private DimeConfiguration() {
    }

    /**
     * Reads it.
     *
     * @param dime the root element
     * @param files James's file system, for the folder
     * @throws ConfigurationException that names the file, the key and what was expected; it does not say what a secret is
     */
    public static DimeSettings read(HierarchicalConfiguration<ImmutableNode> dime, FileSystem files) throws ConfigurationException {
        if (!NAME.equals(dime.getRootElementName())) {
            throw new ConfigurationException("dime.xml: the root element is `" + dime.getRootElementName() + "`; expected `" + NAME + "`");
        }
        for (Iterator<String> keys = dime.getKeys(); keys.hasNext();) {
            String key = keys.next();
            if (!KEYS.contains(key) && !key.equals(DMTP) && !key.startsWith(DMTP + ".")) {
                throw new ConfigurationException("dime.xml: unknown key `" + key + "`; expected one of " + String.join(", ", KEYS)
                    + ", " + DMTP);
            }
        }
        for (String key : KEYS) {
            if (dime.getStringArray(key).length > 1) {
                throw new ConfigurationException("dime.xml: key `" + key + "` is there twice; expected it once");
            }
        }
        return new DimeSettings(mode(dime), organisations(dime, files), cipher(dime));
    }

    private static Mode mode(HierarchicalConfiguration<ImmutableNode> dime) throws ConfigurationException {
        String mode = dime.getString(MODE, Mode.TRUSTFUL.name());
        return Enums.getIfPresent(Mode.class, mode.trim()).toJavaUtil()
            .orElseThrow(() -> ConfigurationCheck.bad(NAME, MODE, mode, "TRUSTFUL, CAUTIOUS or PARANOID"));
    }

    private static Optional<Path> organisations(HierarchicalConfiguration<ImmutableNode> dime, FileSystem files)
            throws ConfigurationException {
        String folder = dime.getString(ORGANISATIONS);
        if (folder == null) {
            return Optional.empty();
        }
        ConfigurationException bad = ConfigurationCheck.bad(NAME, ORGANISATIONS, folder, "a folder, such as file://conf/dime/");
        try {
            Path path = files.getFile(folder.trim()).toPath();
            if (!Files.isDirectory(path)) {
                throw bad;
            }
            return Optional.of(path);
        } catch (FileNotFoundException e) {
            throw bad;
        }
    }

    private static Optional<CredentialCipher> cipher(HierarchicalConfiguration<ImmutableNode> dime) throws ConfigurationException {
        try {
            return CredentialCipher.of(dime);
        } catch (IllegalArgumentException e) {
            // Its text names the key and what was expected, and not what it is.
            throw new ConfigurationException("dime.xml: " + e.getMessage());
        }
    }
}
