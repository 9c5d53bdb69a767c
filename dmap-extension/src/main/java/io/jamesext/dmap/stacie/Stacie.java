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
package io.jamesext.dmap.stacie;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The derivations of STACIE, each from the one before: seed, master key, password key, verification token, login token. The first three
 * cost the password's {@link Rounds}, up to seconds: never on an event loop. The server keeps the verification token, and cannot get from
 * it to the master key, by which the client encrypts.
 */
public final class Stacie {
    /** Octets of a salt, and of a nonce. */
    public static final int SALT = 128;
    /** Octets of a key, and of a token. */
    public static final int KEY = 64;

    private static final int TOKEN_ROUNDS = 8;
    private static final byte[] NO_NONCE = {};

    private Stacie() {
    }

    /** What a hash is made of besides the hash before it and the round's number. */
    private record Input(byte[]... parts) {
        void into(MessageDigest digest) {
            for (byte[] part : parts) {
                digest.update(part);
            }
        }
    }

    /** The seed of a user's keys: the salt's HMAC of the password, said once for each round. */
    public static byte[] seed(int rounds, String password, byte[] salt) {
        expect(salt, SALT);
        expect(rounds);
        byte[] octets = Passwords.octets(password);
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(salt, "HmacSHA512"));
            for (int round = 0; round < rounds; round++) {
                mac.update(octets);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JRE has HmacSHA512", e);
        }
    }

    /** The master key, of the seed; and the password key, of the master key. */
    public static byte[] key(byte[] base, int rounds, String user, String password, byte[] salt) {
        expect(base, KEY);
        expect(salt, SALT);
        expect(rounds);
        return hashed(rounds, new Input(base, utf8(user), salt, Passwords.octets(password)));
    }

    /** What the server knows a user by, of the password key. Who has it can log in. */
    public static byte[] verificationToken(byte[] passwordKey, String user, byte[] salt) {
        return token(passwordKey, user, salt, NO_NONCE);
    }

    /** What is good for one log-in, of the verification token and the server's nonce. */
    public static byte[] loginToken(byte[] verificationToken, String user, byte[] salt, byte[] nonce) {
        expect(nonce, SALT);
        return token(verificationToken, user, salt, nonce);
    }

    private static byte[] token(byte[] base, String user, byte[] salt, byte[] nonce) {
        expect(base, KEY);
        expect(salt, SALT);
        return hashed(TOKEN_ROUNDS, new Input(base, utf8(user), salt, nonce));
    }

    /** SHA-512 of the hash before, the input, and the round's number in three octets. */
    private static byte[] hashed(int rounds, Input input) {
        MessageDigest digest = sha512();
        byte[] hash = {};
        for (int round = 0; round < rounds; round++) {
            digest.update(hash);
            input.into(digest);
            digest.update((byte) (round >> 16));
            digest.update((byte) (round >> 8));
            digest.update((byte) round);
            hash = digest.digest();
        }
        return hash;
    }

    static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JRE has SHA-512", e);
        }
    }

    private static byte[] utf8(String user) {
        return user.getBytes(StandardCharsets.UTF_8);
    }

    private static void expect(int rounds) {
        if (rounds < Rounds.LEAST || rounds > Rounds.MOST) {
            throw new IllegalArgumentException("rounds out of bounds");
        }
    }

    static void expect(byte[] octets, int length) {
        if (octets.length != length) {
            throw new IllegalArgumentException("expected " + length + " octets, found " + octets.length);
        }
    }
}
