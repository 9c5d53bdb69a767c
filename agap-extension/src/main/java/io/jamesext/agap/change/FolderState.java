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
package io.jamesext.agap.change;

/**
 * What STAT tells of a folder. AGAP section 4.38.
 *
 * @param fcid section 2.6
 * @param ucid section 2.7
 * @param total how many items it has
 * @param unseen how many of them are without SEEN
 */
public record FolderState(Fcid fcid, long ucid, long total, long unseen) {
}
