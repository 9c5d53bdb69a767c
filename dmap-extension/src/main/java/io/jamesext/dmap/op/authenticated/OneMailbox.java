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
package io.jamesext.dmap.op.authenticated;

import io.jamesext.dmap.wire.DmapReader;

/**
 * What a command is about that has a mailbox's name as its only argument: {@code SP mailbox}.
 *
 * @param mailbox the name, which need not be possible
 */
public record OneMailbox(String mailbox) {
    static OneMailbox parse(DmapReader arguments) {
        return new OneMailbox(arguments.expectSpace().expectAstring("a mailbox name"));
    }
}
