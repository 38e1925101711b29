import { describe, expect, test } from '@jest/globals';
import { isPublicAddress, isReachable, readOpenedNetworks } from './reachable-address.js';

describe('T-13 what is not the public network', () => {
  test.each([
    ['this network', '0.0.0.0'],
    ['private A', '10.255.255.255'],
    ['shared (CGNAT), first', '100.64.0.0'],
    ['shared (CGNAT), last', '100.127.255.255'],
    ['loopback', '127.0.0.1'],
    ['loopback, far', '127.255.255.254'],
    ['link-local: the metadata service', '169.254.169.254'],
    ['private B, last', '172.31.255.255'],
    ['private C', '192.168.0.1'],
    ['benchmark', '198.19.0.1'],
    ['documentation', '203.0.113.9'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['v6 unspecified', '::'],
    ['v6 loopback', '::1'],
    ['v4 loopback mapped', '::ffff:127.0.0.1'],
    ['v4 public mapped', '::ffff:8.8.8.8'],
    ['v4 mapped in hex', '::ffff:7f00:1'],
    ['v4 compatible', '::127.0.0.1'],
    ['translated (NAT64)', '64:ff9b::7f00:1'],
    ['translated, local use', '64:ff9b:1::1'],
    ['link-local', 'fe80::1'],
    ['link-local with a zone', 'fe80::1%eth0'],
    ['site-local', 'fec0::1'],
    ['unique local', 'fd00::1'],
    ['v6 multicast', 'ff02::1'],
    ['Teredo', '2001:0:7f00:1::1'],
    ['v6 documentation', '2001:db8::1'],
    ['newer v6 documentation', '3fff::1'],
    ['6to4 around a loopback', '2002:7f00:1::1'],
    ['discard', '100::1'],
    ['public with a zone', '2606:4700::1%1'],
    ['no address', 'localhost'],
    ['nothing', ''],
  ])('%s: %s', (_title, address) => {
    expect(isPublicAddress(address)).toBe(false);
  });
});

describe('T-13 what is the public network, at the edges', () => {
  test.each([
    '1.1.1.1',
    '9.255.255.255',
    '11.0.0.0',
    '100.63.255.255',
    '100.128.0.0',
    '126.255.255.255',
    '128.0.0.1',
    '172.15.255.255',
    '172.32.0.0',
    '192.0.1.0',
    '198.17.255.255',
    '198.20.0.0',
    '223.255.255.255',
    '2001:200::1',
    '2400::1',
    '3ffe::1',
  ])('%s', (address) => {
    expect(isPublicAddress(address)).toBe(true);
  });
});

describe('opened networks', () => {
  const opened = readOpenedNetworks('OPENED', ' 127.0.0.1/32@8445  fd00::/8 ');
  test.each<[string, number, boolean]>([
    ['127.0.0.1', 8445, true],
    ['127.0.0.1', 8444, false],
    ['127.0.0.2', 8445, false],
    ['fd12::1', 1, true],
    ['fe80::1', 1, false],
    ['::ffff:127.0.0.1', 8445, false],
    ['8.8.8.8', 443, true],
    ['', 8445, false],
  ])('%s port %d: %s', (address, port, expected) => {
    expect(isReachable(address, port, opened)).toBe(expected);
  });

  test('nothing is opened where nothing is said', () => {
    expect(readOpenedNetworks('OPENED', undefined)).toEqual([]);
  });

  test.each(['127.0.0.1', 'localhost/8', '127.0.0.1/33', '::1/129', '10.0.0.0/8@70000', '/8'])(
    'a setting such as %s ends the start with one sentence',
    (text) => {
      expect(() => readOpenedNetworks('OPENED', text)).toThrow(/^OPENED must list networks/);
    },
  );
});
