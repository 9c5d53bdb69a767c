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
package io.jamesext.dmap.dime.signet;

/** What a secondary key of an organisation may sign; the primary key may sign all. The numbers are bits. */
public enum Permission {
    /** Users' signets. */
    SIGNETS(1),
    /** Messages. */
    MESSAGES(2),
    /** Certificates of TLS servers. */
    TLS(4),
    /** Programs. */
    SOFTWARE(8);

    private final int bit;

    Permission(int bit) {
        this.bit = bit;
    }

    int bit() {
        return bit;
    }
}
