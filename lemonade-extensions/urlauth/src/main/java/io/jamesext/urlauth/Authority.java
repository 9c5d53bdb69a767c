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

package io.jamesext.urlauth;

import java.util.Optional;
import java.util.OptionalInt;

/** The server part of an absolute URL, decoded: {@code [user[;AUTH=mechanism]@]host[:port]}. RFC 5092 section 11, iserver. */
public record Authority(Optional<String> user, Optional<String> mechanism, String host, OptionalInt port) {
}
