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
package io.jamesext.agap.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartPathTest {
    @ParameterizedTest
    @ValueSource(strings = {"/MESSAGE/HEADER/subject", "message/header/subject", "/HEADER/subject", "header/subject",
        "/MESSAGE/HEADER/subject/item"})
    void headersShouldBeFoundInAnySpelling(String path) {
        assertThat(PartPath.parse(path)).isEqualTo(new PartPath(PartPath.Kind.HEADER, Optional.empty(), "subject", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/MESSAGE/ATTACHMENT-1/BODY", "/MESSAGE/BODY/ATTACHMENT-1/BODY", "attachment-1/body"})
    void attachmentsShouldBeFoundInAnySpelling(String path) {
        assertThat(PartPath.parse(path)).isEqualTo(new PartPath(PartPath.Kind.BODY, Optional.of(1), "", Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "ABC", "/MESSAGE", "/MESSAGE/HEADER", "/MESSAGE/HEADER/", "/MESSAGE/ATTACHMENT-1", "/VCARD/FN",
        "TEXT/x", "ATTACHMENT-x/BODY", "ATTACHMENT-9999999999/BODY", "HEADER/to[0", "HEADER/to[]", "TEXT[1]"})
    void otherPathsShouldBeRefused(String path) {
        assertThatThrownBy(() -> PartPath.parse(path)).hasMessage("UNKNOWN part name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEADER/x[2]", "HEADER/x{2}"})
    void itemsShouldBeCountedFromOneAndKeepEscapedDelimiters(String path) {
        assertThat(PartPath.parse(path).item("a, b\\, c; d".replace(path.contains("[") ? ";" : ",", "_"))).contains(
            path.contains("[") ? "b\\, c_ d" : "d");
        assertThat(PartPath.parse(path).item("one")).isEmpty();
    }
}
