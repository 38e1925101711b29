import { randomUUID } from 'node:crypto';
import { instantToWire } from '#libs/kernel';
import { machineNow } from '../../machine-clock.js';
import { nobodys, type Known } from './known.js';
import type { Part } from './part.js';
import { freshJwk, REDIRECT_URI, type RegisteredSoftware } from './registered-software.js';

export interface Named {
  readonly self: Part;
  readonly other: Part;
  readonly software: RegisteredSoftware;
  readonly certificates: readonly string[];
  /** The institution at which both sides have something. */
  readonly bank: string;
}

const HOUR_MS = 3_600_000;
const YEAR_MS = 365 * 24 * HOUR_MS;
const NAME = /\{\{(\w+)\}\}/g;
const JSON_NAME = /"\{\{json_(\w+)\}\}"/g;

/** Says what a known name stands for. `nth`, the number of the request, chooses among several. */
export class Names {
  constructor(private readonly named: Named) {}

  fill(text: string, nth: number, known: Known, seen?: Known): string {
    return text
      .replace(JSON_NAME, (_, kind: string) => JSON.stringify(this.#value(kind, nth)))
      .replace(NAME, (_, kind: string) => this.#text(kind, nth, known, seen));
  }

  #text(kind: string, nth: number, known: Known, seen?: Known): string {
    const { self, other, software, certificates, bank } = this.named;
    const pick = (all: readonly string[]): string => all[nth % all.length] ?? 'none';
    switch (kind) {
      case 'bank':
        return pick([bank, bank, bank, bank, bank, bank, bank, '2972', '2825', '0000']);
      case 'acc':
        return pick([...known.of(kind), ...accountsOf(other), nobodys(kind)]);
      case 'cns':
        return pick([...known.of(kind), other.tokens.consentId ?? '', nobodys(kind)]);
      case 'cursor':
        return pick([known.of(kind)[0] ?? 'none']);
      case 'instruction':
        return pick([...known.of(kind), 'fuzz-1', 'fuzz-2', randomUUID()]);
      case 'partner':
        return pick([...Array<string>(9).fill('none'), ...self.software.client.chain_partners]);
      case 'epsp':
        return pick([self.software.client.epsp_id, other.software.client.epsp_id, nobodys(kind)]);
      case 'today':
        return instantToWire(machineNow()).slice(0, 10);
      case 'next_year':
        return instantToWire(machineNow() + YEAR_MS).slice(0, 10);
      case 'now':
        return instantToWire(machineNow());
      case 'hour_ago':
        return instantToWire(machineNow() - HOUR_MS);
      case 'item':
        return pick(['4.2', '4.1', '1.1', '99.9']);
      case 'template':
        return pick(['fisc-api-checklist', 'checklist', 'none-such']);
      case 'version':
      // Where a number stands in no JSON: in a path or a question.
      case 'json_version':
        return pick(['1', '1', '2', '0']);
      case 'chain':
        return pick(['federation', bank, 'none']);
      case 'file':
        return pick(['note.txt', 'evidence.pdf', 'table.csv', '%E8%A8%BC%E6%8B%A0.pdf']);
      case 'etag':
        return known.of(kind)[0] ?? '"1"';
      case 'table':
        return known.of(kind)[0] ?? 'item,answer\r\n';
      case 'refresh':
        return self.tokens.refreshToken ?? '';
      case 'other_refresh':
        return other.tokens.refreshToken ?? '';
      case 'redirect':
        return pick([self.software.client.redirect_uri, other.software.client.redirect_uri]);
      case 'client':
        return pick([self.software.client.client_id, other.software.client.client_id]);
      case 'registrant':
        return software.clientId;
      case 'software':
        return software.softwareId;
      case 'statement':
        return pick([
          software.newStatement(),
          software.newStatement(),
          software.statement(),
          'a.b.c',
        ]);
      case 'kid':
        return pick([...software.kids, 'unknown']);
      case 'certificate':
        // It stands inside a text of JSON.
        return JSON.stringify(pick([...certificates, 'no certificate'])).slice(1, -1);
      case 'scope':
        return pick(['accounts', 'accounts transfers:status', 'openid accounts', 'transfers']);
      case 'proof':
        return kind;
      default:
        return pick([
          ...(seen?.of(kind) ?? []),
          ...known.of(kind),
          ...othersOf(other, kind),
          nobodys(kind),
        ]);
    }
  }

  #value(kind: string, nth: number): unknown {
    const pick = (all: readonly unknown[]): unknown => all[nth % all.length];
    switch (kind) {
      case 'version':
        return pick([1, 1, 2]);
      case 'jwk':
        return pick([freshJwk(), freshJwk(), this.named.software.jwks.keys[0]]);
      case 'jwks':
        return pick([this.named.software.jwks, { keys: [freshJwk()] }]);
      case 'redirect_uris':
        return pick([[REDIRECT_URI], [REDIRECT_URI], ['https://elsewhere.example/']]);
      case 'contacts':
        return pick([['dev@app.example'], []]);
      case 'grant_types':
        return pick([['authorization_code', 'refresh_token'], ['client_credentials']]);
      case 'response_modes':
        return pick([['jwt'], ['query'], ['jwt', 'query']]);
      case 'detail_types':
        return pick([['account_information'], ['transfer_initiation']]);
      default:
        return null;
    }
  }
}

const accountsOf = ({ person }: Part): string[] =>
  person.accounts.map(({ accountId }) => accountId);

const othersOf = ({ ids }: Part, kind: string): string[] =>
  Object.entries(ids)
    .filter(([member, id]) => member === kind || id.startsWith(`${kind}_`))
    .map(([, id]) => id);
