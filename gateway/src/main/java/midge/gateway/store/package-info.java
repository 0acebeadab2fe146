/** What a gateway keeps on disk: records of its sessions in a journal. Knows storages and fields, and no procedure. */
@NullMarked
package midge.gateway.store;

import org.jspecify.annotations.NullMarked;
