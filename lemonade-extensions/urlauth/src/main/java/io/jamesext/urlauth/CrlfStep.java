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

/** Makes every line end a CRLF: RFC 3516 section 6 wants text sent so, however it is stored. */
final class CrlfStep implements DecodingInputStream.Step {
    private boolean afterCr;

    @Override
    public int decode(byte[] octets, int length, byte[] to) {
        int made = 0;
        for (int i = 0; i < length; i++) {
            if (octets[i] == '\n' && !afterCr) {
                to[made++] = '\r';
            }
            to[made++] = octets[i];
            afterCr = octets[i] == '\r';
        }
        return made;
    }
}
