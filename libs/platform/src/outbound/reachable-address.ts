import { BlockList, isIP, isIPv4 } from 'node:net';
import { SettingError } from '../environment.js';

/** A network that may be called although it is not public: the sandbox's own, and those of tests. */
export interface OpenedNetwork {
  readonly address: string;
  readonly prefix: number;
  /** Only this port where one is named. */
  readonly port?: number;
}

/** Everything of IPv4 that is not the public network. Source: IANA's special-purpose registry, RFC 6890. */
const NOT_PUBLIC_V4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
];

/** Global unicast of IPv6; loopback, link-local, unique-local, mapped and translated ones lie outside it. */
const GLOBAL_UNICAST = ['2000::', 3] as const;

/** What is special inside it: protocol assignments with Teredo, documentation, and 6to4 with its IPv4 inside. */
const NOT_PUBLIC_V6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const notPublic = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_V4) notPublic.addSubnet(network, prefix, 'ipv4');
const globalUnicast = new BlockList();
globalUnicast.addSubnet(...GLOBAL_UNICAST, 'ipv6');
const notPublicV6 = new BlockList();
for (const [network, prefix] of NOT_PUBLIC_V6) notPublicV6.addSubnet(network, prefix, 'ipv6');

/** True for an address of the public network. A text that is no address, or names a zone, is none. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !notPublic.check(address, 'ipv4');
  if (isIP(address) !== 6 || address.includes('%')) return false;
  return globalUnicast.check(address, 'ipv6') && !notPublicV6.check(address, 'ipv6');
}

/** True when this address and port may be called: public, or opened by name. */
export function isReachable(
  address: string,
  port: number,
  opened: readonly OpenedNetwork[],
): boolean {
  return isPublicAddress(address) || opened.some((network) => covers(network, address, port));
}

function covers(network: OpenedNetwork, address: string, port: number): boolean {
  if (network.port !== undefined && network.port !== port) return false;
  const family = isIPv4(network.address) ? 'ipv4' : 'ipv6';
  if ((family === 'ipv4') !== isIPv4(address) || isIP(address) === 0) return false;
  const list = new BlockList();
  list.addSubnet(network.address, network.prefix, family);
  return list.check(address, family);
}

/**
 * Reads opened networks from a setting such as `127.0.0.1/32@8445 ::1/128`, an empty text being none.
 * Ends the start with a sentence when one makes no sense.
 */
export function readOpenedNetworks(name: string, text = ''): OpenedNetwork[] {
  return text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => {
      const [, address = '', prefixText, portText] =
        /^([0-9a-fA-F.:]+)\/([0-9]{1,3})(?:@([0-9]{1,5}))?$/.exec(part) ?? [];
      const prefix = Number(prefixText);
      const bits = isIPv4(address) ? 32 : 128;
      if (isIP(address) === 0 || !(prefix <= bits) || Number(portText ?? 1) > 65_535)
        throw new SettingError(
          `${name} must list networks such as 127.0.0.1/32@8445, not ${part}.`,
        );
      return { address, prefix, ...(portText === undefined ? {} : { port: Number(portText) }) };
    });
}
