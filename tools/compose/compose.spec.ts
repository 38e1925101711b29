import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { Settings } from '#libs/platform';
import { readBankConfig } from '../../apps/bank-core/src/platform/config.js';
import { EVIDENCE_BYTES_MAX } from '../../apps/bank-core/src/reviews/domain/evidence.js';
import { readGatewayConfig } from '../../apps/gateway/src/platform/config.js';
import { compiled, projectRoot } from '../project.js';
import { newGatewaySecrets } from '../start/secrets.js';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly command?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly ports?: readonly string[];
  readonly profiles?: readonly string[];
  readonly depends_on?: Readonly<Record<string, object>> | readonly string[];
}

const docker = (...path: string[]): string => join(projectRoot, 'docker', ...path);
const text = readFileSync(docker('compose.yaml'), 'utf8');
const { services } = parse(text, { merge: true }) as {
  services: Readonly<Record<string, Service>>;
};
const proxy = readFileSync(docker('haproxy', 'haproxy.cfg'), 'utf8');
const gateways = ['gateway-1', 'gateway-2'];
const secrets = JSON.stringify(await newGatewaySecrets());

/** What lies in the env files that are never committed. */
const OUTSIDE = {
  DATABASE_URL_BANK: 'postgres://app:x@postgres/renkei_bank',
  DATABASE_URL_GATEWAY: 'postgres://app:x@postgres/renkei_gateway',
  SMTP_URL: 'smtps://mail.example',
  MAIL_FROM: 'renkei@bank.example',
};

/** Reads as at start, from files that are not there: each must lie where the container has its secrets. */
class PaperSettings extends Settings {
  override file(name: string): string {
    const path = this.text(name);
    expect(path).toMatch(/^\/run\/renkei\/[a-z-]+\.(crt|key)?\.?(pem|json|hex)$/);
    return name === 'GATEWAY_SECRETS_FILE' ? secrets : `content of ${path}`;
  }
}

const settingsOf = (name: string): Settings =>
  new PaperSettings({ ...OUTSIDE, ...services[name]?.environment });

const portOf = (name: string, variable: string): string =>
  services[name]?.environment?.[variable]?.split(':')[1] ?? '';

describe('docker/compose.yaml', () => {
  test('has a database, bank-core, two gateways and a proxy, and a scanner for who asks for it', () => {
    const expected = ['postgres', 'migrations', 'bank-core', ...gateways, 'proxy'];
    expect(Object.keys(services).sort()).toEqual([...expected, 'scanner'].sort());
    const optional = Object.entries(services).filter(([, { profiles }]) => profiles);
    expect(optional.map(([name]) => name)).toEqual(['scanner']);
  });

  test('T-25 the scanner takes every file that bank-core takes, and calls nothing clean that it skipped', () => {
    const conf = readFileSync(docker('clamav', 'clamd.conf'), 'utf8');
    const said = Object.fromEntries(
      [...conf.matchAll(/^(\w+) (\S+)$/gm)].map(([, name = '', value = '']) => [name, value]),
    );
    const bytes = (name: string): number =>
      Number(/^(\d+)M$/.exec(said[name] ?? '')?.[1]) * 1024 * 1024;
    for (const name of ['StreamMaxLength', 'MaxFileSize', 'MaxScanSize'])
      expect(bytes(name)).toBeGreaterThan(EVIDENCE_BYTES_MAX);
    expect(said).toMatchObject({ AlertExceedsMax: 'yes', AlertEncrypted: 'yes' });
    expect(services['scanner']?.volumes).toContain('./clamav/clamd.conf:/etc/clamav/clamd.conf:ro');
    const environment = { BANK_EVIDENCE_SCANNER: `scanner:${said['TCPSocket']}` };
    const settings = { ...OUTSIDE, ...services['bank-core']?.environment, ...environment };
    expect(readBankConfig(new PaperSettings(settings)).evidenceScanner).toEqual({
      host: 'scanner',
      port: 3310,
    });
  });

  test.each(gateways)('%s starts with the settings that it is given, in production', (name) => {
    const config = readGatewayConfig(settingsOf(name));
    expect(config).toMatchObject({ mode: 'production', log: 'info' });
    expect(config.operations?.drainMs).toBeGreaterThan(2_000);
  });

  test('bank-core starts with the settings that it is given, in production', () => {
    expect(readBankConfig(settingsOf('bank-core'))).toMatchObject({ mode: 'production' });
  });

  test('both gateways are one: same settings, same secrets', () => {
    expect(services['gateway-1']).toEqual(services['gateway-2']);
  });

  test.each(['bank-core', 'migrations', ...gateways])(
    '%s is built from a file that exists, and runs a program that exists (T-33)',
    (name) => {
      const { build, command } = services[name] ?? {};
      const file = readFileSync(docker(build?.context ?? '', build?.dockerfile ?? ''), 'utf8');
      const last = /^CMD \[(.*)\]$/m.exec(file)?.[1]?.match(/[\w./-]+\.js/)?.[0];
      const main = command?.find((part) => part.endsWith('.js')) ?? last ?? '';
      expect(existsSync(compiled(main.replace(/^dist\//, '')))).toBe(true);
      const probe = /HEALTHCHECK .*CMD \[(.*)\]$/m
        .exec(file)?.[1]
        ?.match(/dist\/[\w./-]+\.js/)?.[0];
      expect(existsSync(compiled((probe ?? '').replace(/^dist\//, '')))).toBe(true);
    },
  );

  test.each(['bank-core', ...gateways])('%s exposes the ports on which it listens', (name) => {
    const { build, environment = {} } = services[name] ?? {};
    const file = readFileSync(docker(build?.context ?? '', build?.dockerfile ?? ''), 'utf8');
    const exposed = /^EXPOSE (.*)$/m.exec(file)?.[1]?.split(' ') ?? [];
    const listens = Object.keys(environment).filter((key) => key.endsWith('_LISTEN'));
    expect(listens.map((key) => portOf(name, key)).sort()).toEqual(exposed.sort());
  });

  test('every image from outside has a version of its own', () => {
    for (const { image } of Object.values(services)) {
      if (image) expect(image).toMatch(/^[a-z]+(\/[a-z]+)?:\d+\.\d+/);
    }
  });

  test('only the proxy is reached from outside', () => {
    const open = Object.entries(services).filter(([, service]) => service.ports);
    expect(open.map(([name]) => name)).toEqual(['proxy']);
  });
});

describe('docker/haproxy/haproxy.cfg', () => {
  const servers = [...proxy.matchAll(/^ {2}server (\S+) (\S+):(\d+)$/gm)];

  test('leads to services of the file, at ports on which they listen', () => {
    expect(servers).toHaveLength(5);
    for (const [, name = '', host = '', port] of servers) {
      expect(host).toBe(name);
      const ports = Object.keys(services[name]?.environment ?? {})
        .filter((key) => /LISTEN$/.test(key))
        .map((key) => portOf(name, key));
      expect(ports).toContain(port);
    }
  });

  test('asks the private listener for readiness, and leaves before a drain is over', () => {
    const [, port, inter, fall] = /check port (\d+) inter (\d+)s fall (\d+)/.exec(proxy) ?? [];
    for (const name of gateways) expect(portOf(name, 'GATEWAY_OPERATIONS_LISTEN')).toBe(port);
    expect(portOf('bank-core', 'BANK_OPERATIONS_LISTEN')).toBe(port);
    const noticed = Number(inter) * Number(fall);
    const drain = Number(services['gateway-1']?.environment?.['GATEWAY_DRAIN_SECONDS']);
    expect(drain).toBeGreaterThan(noticed);
    expect(proxy.match(/option httpchk GET \/readyz/g)).toHaveLength(3);
  });

  test('knows each server by the host of its origin', () => {
    const names = [...proxy.matchAll(/req\.ssl_sni (\S+) \}/g)].map(([, name]) => name);
    const { environment } = services['gateway-1'] ?? {};
    const origins = ['GATEWAY_PUBLIC_ORIGIN', 'GATEWAY_MTLS_PUBLIC_ORIGIN', 'BANK_PUBLIC_ORIGIN'];
    const hosts = origins.map((name) => new URL(environment?.[name] ?? '').host);
    expect(names.toSorted()).toEqual(hosts.toSorted());
  });
});
