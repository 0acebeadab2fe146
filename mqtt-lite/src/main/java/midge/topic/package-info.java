/** Topic names and topic filters as octets, for both protocols. Start with {@link TopicFilter}. */
package midge.topic;
