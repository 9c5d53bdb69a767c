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

import java.util.Map;
import java.util.Optional;

import io.jamesext.lemonade.imap.convert.Conversions.Conversion;
import io.jamesext.lemonade.imap.convert.ConvertError.Code;

/** A conversion cannot be done; the client is told why in the place of its result. */
final class ConvertErrorException extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient ConvertError error;

    ConvertErrorException(ConvertError error) {
        super(error.text());
        this.error = error;
    }

    /** Of what the table knows, but what cannot be done with these parameters, or with this content at all. */
    static ConvertErrorException bad(String text, Conversion conversion, Map<String, String> parameters) {
        return new ConvertErrorException(new ConvertError(text, Code.BADPARAMETERS, Optional.of(conversion.from()), conversion.to(),
            parameters));
    }

    ConvertError error() {
        return error;
    }
}
