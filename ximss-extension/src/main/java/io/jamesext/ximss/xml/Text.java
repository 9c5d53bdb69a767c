package io.jamesext.ximss.xml;

/**
 * Characters between tags, after entities were resolved.
 *
 * @param value the characters
 */
public record Text(String value) implements Node {
}
