import { Agent, type AgentOptions } from 'node:https';
import { lookup as systemLookup, type LookupOptions } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { rootCertificates } from 'node:tls';

/**
 * Names under `.localhost` are this machine (RFC 6761 section 6.3). Browsers and curl know that,
 * the system's resolver need not: Node's look-up answers ENOTFOUND on Debian.
 */
export const localLookup: LookupFunction = (hostname, options, callback) => {
  if (hostname !== 'localhost' && !hostname.endsWith('.localhost')) {
    systemLookup(hostname, options as LookupOptions, callback as Parameters<LookupFunction>[2]);
    return;
  }
  if ('all' in options && options.all) callback(null, [{ address: '127.0.0.1', family: 4 }]);
  else callback(null, '127.0.0.1', 4);
};

/** An agent that finds `*.localhost` and trusts the installation's outside authority besides. */
export function localAgent(authority: string, options: AgentOptions = {}): Agent {
  return new Agent({
    keepAlive: true,
    lookup: localLookup,
    ca: [...rootCertificates, authority],
    ...options,
  });
}
