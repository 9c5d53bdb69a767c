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
package io.jamesext.dmap.mail;

/**
 * The kinds of chunk that a plain mail has, with the numbers of the DIME specification that the draft's examples use. Draft section
 * 7.6.4.
 */
public enum ChunkType {
    /** Date, To, Cc, From, Organization and Subject. */
    COMMON_HEADERS(33),
    /** All other header fields. */
    OTHER_HEADERS(34),
    /** A text to read. The draft calls it Display-Content. */
    DISPLAY_CONTENT(67),
    /** Anything else. */
    ATTACHMENT(131);

    private final int number;

    ChunkType(int number) {
        this.number = number;
    }

    /** Its number on the wire. */
    public int number() {
        return number;
    }
}
