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
package io.jamesext.testing.transcript;

/**
 * One directive of a transcript.
 *
 * @param line its line in the file, from 1
 * @param connection which connection, from 1
 * @param kind what is done
 * @param text the text behind it
 */
record Step(int line, int connection, Kind kind, String text) {
    enum Kind {
        CLIENT("C:"), SERVER("S:"), SERVER_ANY("S*:"), NOT_SERVER("! S:"), SUB_BEGIN("SUB {"), SUB_END("}"), TLS("TLS"), WAIT("WAIT"),
        CLOSED("CLOSED");

        final String word;

        Kind(String word) {
            this.word = word;
        }
    }
}
