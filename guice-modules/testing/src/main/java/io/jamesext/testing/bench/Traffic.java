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
package io.jamesext.testing.bench;

/**
 * What went over a connection.
 *
 * @param roundTrips how often the client has sent something and waited for an answer
 * @param octets in both directions
 */
record Traffic(long roundTrips, long octets) {
    /** What has come since then. */
    Traffic since(Traffic before) {
        return new Traffic(roundTrips - before.roundTrips, octets - before.octets);
    }
}
