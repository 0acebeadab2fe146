/** Tables, queues and memory of fixed bounds that know no protocol. Start with {@link BlockPool}. */
@NullMarked
package midge.gateway.table;

import org.jspecify.annotations.NullMarked;
