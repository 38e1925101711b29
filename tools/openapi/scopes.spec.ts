import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { projectRoot } from '../project.js';
import { intermediaryDocument } from './documents.js';

interface Flow {
  readonly scopes: Readonly<Record<string, string>>;
}
interface Asked {
  readonly dpop?: readonly string[];
  readonly mtls?: readonly string[];
  readonly oauth2: readonly string[];
}
interface Described {
  readonly paths: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly operationId: string; readonly security: Asked[] }>>
    >
  >;
  readonly components: {
    readonly securitySchemes: {
      readonly oauth2: { readonly flows: Readonly<Record<string, Flow>> };
    };
  };
}

const document = (await intermediaryDocument()) as Described;
const { flows } = document.components.securitySchemes.oauth2;
const metadata = JSON.parse(
  readFileSync(join(projectRoot, 'apps', 'gateway', 'openapi', 'metadata.json'), 'utf8'),
) as { readonly scopes_supported: readonly string[] };

const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));
const scopesOf = (id: string): string[] => [
  ...new Set(
    operations
      .filter(({ operationId }) => operationId === id)
      .flatMap(({ security }) => security.flatMap(({ oauth2 }) => oauth2)),
  ),
];

describe('the scopes of the API for intermediaries', () => {
  test('the flows together know the scopes of the metadata, each in one flow alone', () => {
    const named = Object.values(flows).flatMap(({ scopes }) => Object.keys(scopes));
    expect(named.toSorted()).toEqual([...metadata.scopes_supported].sort());
  });

  test('with a holder a token reads and pays; without one it is for the software’s own affairs', () => {
    const of = (flow: string) => Object.keys(flows[flow]?.scopes ?? {});
    expect(of('authorizationCode')).toEqual(['openid', 'accounts', 'transfers']);
    expect(of('clientCredentials')).toEqual([
      'transfers:status',
      'events',
      'consents',
      'participants',
    ]);
  });

  test('every operation names one scope at a time, with either proof, and a scope that exists', () => {
    for (const { operationId, security } of operations) {
      const ways = security.map(({ oauth2, dpop, mtls }) => {
        expect([operationId, oauth2.length]).toEqual([operationId, 1]);
        expect(metadata.scopes_supported).toContain(oauth2[0]);
        return `${oauth2[0]} ${dpop ? 'dpop' : ''}${mtls ? 'mtls' : ''}`;
      });
      const wanted = scopesOf(operationId).flatMap((one) => [`${one} dpop`, `${one} mtls`]);
      expect([operationId, ways]).toEqual([operationId, wanted]);
      expect([operationId, wanted.length > 0]).toEqual([operationId, true]);
    }
  });

  test.each([
    ['listAccounts', ['accounts']],
    ['listConsents', ['accounts', 'consents']],
    ['revokeConsent', ['accounts', 'consents']],
    ['getTransfer', ['transfers', 'transfers:status']],
    ['findTransfer', ['transfers', 'transfers:status']],
    ['quoteTransfer', ['transfers:status']],
    ['reportRiskSignals', ['transfers:status']],
    ['getReconciliation', ['transfers:status']],
    ['createSubscription', ['events']],
    ['getParticipant', ['participants']],
    ['reportIncident', ['participants']],
    ['uploadEvidence', ['participants']],
  ])('%s is opened by %j', (id, scopes) => {
    expect(scopesOf(id)).toEqual(scopes);
  });
});
