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
package io.jamesext.agap.reply;

/** The response codes. AGAP section 5. */
public enum Code {
    /** 110, section 5.2.2: the client may send the body. */
    CONTINUE(110),
    /** 200, section 5.3.1. */
    OK(200),
    /** 210, section 5.3.2: done for some items, not for all. */
    PARTIAL(210),
    /** 401, section 5.4.2. */
    INTERNAL_ERROR(401),
    /** 410, section 5.4.3. */
    RETRY_LATER(410),
    /** 510, section 5.5.2. */
    UNKNOWN_COMMAND(510),
    /** 511, section 5.5.3. */
    INVALID_PARAMETER(511),
    /** 512, section 5.5.4. */
    OUT_OF_ORDER(512),
    /** 521, section 5.5.5. */
    NOT_FOUND(521),
    /** 531, section 5.5.6. */
    BANNED(531);

    private final int number;

    Code(int number) {
        this.number = number;
    }

    /** The three digits. */
    public int number() {
        return number;
    }
}
