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

import io.jamesext.dmap.dime.message.ChunkKind;

/**
 * Names a chunk of a message: {@code 67.2} is the second of type 67. Draft section 7.6.4. There is no nesting.
 *
 * @param type 0 to 255
 * @param number from 1
 */
public record ChunkId(int type, long number) {
    /** True for a chunk made of the message's header alone. */
    public boolean isHeader() {
        return type == ChunkKind.COMMON_HEADERS.number() || type == ChunkKind.OTHER_HEADERS.number();
    }

    @Override
    public String toString() {
        return type + "." + number;
    }
}
