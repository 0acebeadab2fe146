/** Links that carry datagrams or streams, and the pure codecs that make them out of serial lines. */
package midge.hal.link;
