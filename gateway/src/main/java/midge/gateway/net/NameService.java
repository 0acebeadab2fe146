package midge.gateway.net;

import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/**
 * Looks names up beside the event loop, which must not wait for a name server. The Java runtime remembers the answers for a while.
 * {@code localhost} is the IPv4 loopback, where every broker listens.
 */
final class NameService extends AddressResolverGroup<InetSocketAddress> {
    private final Executor lookups = Executors.newSingleThreadExecutor(new DefaultThreadFactory("broker-names", true));

    @Override
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor loop) {
        return new Lookup(loop).asAddressResolver();
    }

    private final class Lookup extends InetNameResolver {
        Lookup(EventExecutor loop) {
            super(loop);
        }

        @Override
        protected void doResolve(String name, Promise<InetAddress> answer) {
            lookups.execute(() -> {
                try {
                    answer.setSuccess(InetAddress.getByName(name.equalsIgnoreCase("localhost") ? "127.0.0.1" : name));
                } catch (UnknownHostException e) {
                    answer.setFailure(e);
                }
            });
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> answer) {
            lookups.execute(() -> {
                try {
                    answer.setSuccess(List.of(InetAddress.getAllByName(name)));
                } catch (UnknownHostException e) {
                    answer.setFailure(e);
                }
            });
        }
    }
}
