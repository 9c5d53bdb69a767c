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

package io.jamesext.bundle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

import org.junit.jupiter.api.Test;

import io.jamesext.testing.james.StockJames;

class BundleJarIT {
    /** James's class loader asks James first: a class with the name of one of James's would silently not be ours. */
    @Test
    void everyClassShouldHaveANameOfOurs() throws Exception {
        try (ZipFile jar = new ZipFile(StockJames.installation().bundle().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("io/jamesext/"));
        }
    }

    /** The README's {@code unzip -j ... 'conf/*.xml'}. */
    @Test
    void theDefaultConfigurationOfEachProtocolShouldBeInTheJar() throws Exception {
        try (ZipFile jar = new ZipFile(StockJames.installation().bundle().toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.matches("conf/.*\\.xml")))
                .containsExactlyInAnyOrder("conf/agapserver.xml", "conf/dime.xml", "conf/dmapserver.xml", "conf/dmtpserver.xml",
                    "conf/lemonadeimapserver.xml", "conf/ximssserver.xml");
        }
    }
}
