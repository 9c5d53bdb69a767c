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
package io.jamesext.dmap.dime.message;

import io.jamesext.dmap.dime.signet.Signet;

/**
 * Someone with a part in a message.
 *
 * @param name an address, or an organisation's domain
 * @param signet the signet to encrypt to, at least of level CRYPTO
 */
public record Party(String name, Signet signet) {
}
