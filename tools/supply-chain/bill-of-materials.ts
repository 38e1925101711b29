import { nameOf, type Lock, type LockEntry } from './lock.js';

interface Component {
  readonly type: 'library';
  readonly 'bom-ref': string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly scope: 'required' | 'optional';
  readonly hashes: readonly { readonly alg: 'SHA-512'; readonly content: string }[];
  readonly licenses?: readonly { readonly expression: string }[];
}

/** A software bill of materials after CycloneDX 1.5. */
export interface BillOfMaterials {
  readonly bomFormat: 'CycloneDX';
  readonly specVersion: '1.5';
  readonly version: 1;
  readonly metadata: { readonly component: object };
  readonly components: readonly Component[];
}

/**
 * What runs in production, read from the lock file alone: the same lock gives the same bytes, so a bill can be
 * compared with the one of the release before. What only builds or tests is left out. Source: threats T-33.
 */
export function billOfMaterials({ name, version, packages }: Lock): BillOfMaterials {
  const components = new Map<string, Component>();
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '' || entry.dev === true || entry.link === true) continue;
    const component = componentOf(nameOf(path, entry), entry);
    components.set(component['bom-ref'], component);
  }
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { type: 'application', 'bom-ref': name, name, version } },
    components: [...components.values()].toSorted((a, b) => (a['bom-ref'] < b['bom-ref'] ? -1 : 1)),
  };
}

function componentOf(name: string, entry: LockEntry): Component {
  const version = entry.version ?? '';
  const purl = `pkg:npm/${name.replace(/^@/, '%40')}@${version}`;
  const digest = /^sha512-(.+)$/.exec(entry.integrity ?? '')?.[1];
  return {
    type: 'library',
    'bom-ref': `${name}@${version}`,
    name,
    version,
    purl,
    scope: entry.optional === true || entry.devOptional === true ? 'optional' : 'required',
    hashes: digest
      ? [{ alg: 'SHA-512', content: Buffer.from(digest, 'base64').toString('hex') }]
      : [],
    ...(entry.license ? { licenses: [{ expression: entry.license }] } : {}),
  };
}
