package midge.gateway.config;

/**
 * Who is served, what clients may do, and how often.
 *
 * @param allowed who is served
 * @param topics what clients may publish and read
 * @param clientRate messages and requests a second of one client, 0: any number
 * @param clientBurst how many of them may come at once
 * @param addressRate datagrams a second of one address, whatever its ports, 0: any number
 * @param addressBurst how many of them may come at once
 */
public record AccessRules(
        AllowList allowed, TopicRules topics, int clientRate, int clientBurst, int addressRate, int addressBurst) {
    /** Everybody may do everything. */
    public static final AccessRules NONE = new AccessRules(AllowList.EVERYBODY, TopicRules.NONE, 0, 1, 0, 1);
}
