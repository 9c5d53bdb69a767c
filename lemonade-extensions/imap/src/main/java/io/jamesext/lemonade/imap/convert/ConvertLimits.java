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
package io.jamesext.lemonade.imap.convert;

/**
 * What CONVERT may cost a listener, beside what its converter may.
 *
 * @param maxMessages of one command. RFC 5259 section 8.5, MAXCONVERTMESSAGES
 * @param maxParts of each message, MAXCONVERTPARTS
 * @param cacheBytes of what was made
 * @param defaultPicture what pictures become with the default conversion, such as image/jpeg
 */
public record ConvertLimits(int maxMessages, int maxParts, long cacheBytes, String defaultPicture) {
}
