package midge.gateway.config;

/** When what the gateway keeps on disk is safe from a power cut. A gateway that is killed loses nothing with any of them. */
public enum Durability {
    /** Before an acknowledgement that depends on it leaves. */
    ALWAYS,
    /** Within {@link GatewayConfig#storeBatchMs}. */
    BATCH,
    /** When the operating system likes. */
    OFF
}
