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
package io.jamesext.dmap.reply;

import java.util.List;

import io.jamesext.dmap.wire.DmapWriter;

/**
 * The QUOTA response. RFC 9208 section 4.2.1.
 *
 * @param root the quota root
 * @param resources those that have a limit
 */
public record QuotaUse(String root, List<Resource> resources) implements DmapReply {
    /** One of them. STORAGE is in units of 1024 octets, MESSAGE in messages. */
    public record Resource(String name, long usage, long limit) {
    }

    @Override
    public void writeTo(DmapWriter writer) {
        writer.word(Status.UNTAGGED).word("QUOTA").astring(root).open('(');
        resources.forEach(resource -> writer.word(resource.name()).number(resource.usage()).number(resource.limit()));
        writer.close(')').end();
    }
}
