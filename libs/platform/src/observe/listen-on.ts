import { once } from 'node:events';
import type { Server } from 'node:net';
import type { ListenAddress } from '../environment.js';

/** Resolves when the server listens; rejects when it cannot. */
export async function listenOn(server: Server, { port, host }: ListenAddress): Promise<void> {
  const listening = once(server, 'listening');
  server.listen(port, host);
  await listening;
}

/** The port it was given, which the system may have chosen; nothing while it does not listen. */
export function portOf(server: Server): number | undefined {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : undefined;
}
