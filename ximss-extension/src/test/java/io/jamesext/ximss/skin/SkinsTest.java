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
package io.jamesext.ximss.skin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import org.apache.james.core.Domain;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.jamesext.kernel.failure.ProtocolException;

class SkinsTest {
    private static final Domain DOMAIN = Domain.of("example.org");

    @TempDir
    Path folder;
    private Path root;
    private Skins skins;

    @BeforeEach
    void setUp() throws Exception {
        root = folder.resolve("skins");
        Files.createDirectories(root.resolve("blue"));
        Files.writeString(root.resolve("blue/page.html"), "page");
        Files.writeString(folder.resolve("secret.txt"), "secret");
        Files.createDirectories(folder.resolve("outside"));
        Files.writeString(folder.resolve("outside/secret.txt"), "secret");
        skins = new Skins(root);
    }

    @Test
    void missingFolderShouldHoldNothing() throws Exception {
        Skins none = new Skins(folder.resolve("missing"));
        assertThat(none.names(DOMAIN)).isEmpty();
        assertThat(none.files(DOMAIN, "")).isEmpty();
        assertThatThrownBy(() -> none.files(DOMAIN, "blue")).hasMessage("no such skin");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../secret.txt", "..", ".", "", "../../secret.txt", "/etc/passwd", "blue/page.html", "..\\secret.txt",
        "page.html\0", "\u00e9.html", ".hidden", "link.txt", "dangling.txt", "folder"})
    void nothingButFilesOfTheSkinShouldBeRead(String name) throws Exception {
        Files.writeString(root.resolve(".hidden"), "hidden");
        Files.createSymbolicLink(root.resolve("link.txt"), folder.resolve("secret.txt"));
        Files.createSymbolicLink(root.resolve("dangling.txt"), folder.resolve("nothing"));
        Files.createDirectory(root.resolve("folder"));
        assertThatThrownBy(() -> skins.file(DOMAIN, "", name)).isInstanceOf(ProtocolException.class).hasMessage("no such file");
        assertThat(skins.files(DOMAIN, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "../skins/blue", "/", "blue/..", "out", "example.org", "page\0"})
    void nothingButSkinsShouldBeRead(String skin) throws Exception {
        Files.createSymbolicLink(root.resolve("out"), folder.resolve("outside"));
        Files.createDirectory(root.resolve("example.org"));
        assertThatThrownBy(() -> skins.files(DOMAIN, skin)).isInstanceOf(ProtocolException.class).hasMessage("no such skin");
        assertThat(skins.names(DOMAIN)).containsExactly("blue");
    }

    @Test
    void linkWithinShouldBeFollowed() throws Exception {
        Files.createSymbolicLink(root.resolve("red"), root.resolve("blue"));
        assertThat(skins.file(DOMAIN, "red", "page.html").read(10)).asString().isEqualTo("page");
    }

    @Test
    void linkToTheRootShouldBeFollowed() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), root);
        assertThat(new Skins(link).file(DOMAIN, "blue", "page.html").size()).isEqualTo(4);
    }

    @Test
    void domainsOwnFileShouldComeFirst() throws IOException {
        Files.createDirectories(root.resolve("example.org/blue"));
        Files.writeString(root.resolve("example.org/blue/page.html"), "own page");
        Files.writeString(root.resolve("example.org/blue/own.html"), "own");
        assertThat(skins.files(DOMAIN, "blue")).extracting(SkinFile::name).containsExactly("own.html", "page.html");
        assertThat(skins.file(DOMAIN, "blue", "page.html").read(10)).asString().isEqualTo("own page");
        assertThat(skins.files(Domain.of("example.net"), "blue")).extracting(SkinFile::size).containsExactly(4L);
    }

    @Test
    void largeFileShouldBeRefused() throws Exception {
        SkinFile file = skins.file(DOMAIN, "blue", "page.html");
        assertThat(file.read(4)).asString().isEqualTo("page");
        assertThatThrownBy(() -> file.read(3)).hasMessage("the file is larger than 3 bytes");
    }
}
