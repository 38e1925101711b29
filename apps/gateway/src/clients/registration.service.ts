import { createHash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { accepted, refused, type Refusal, type Result } from '#libs/kernel';
import { Database, type Transaction } from '#libs/platform';
import { Catalogue } from '../bank/index.js';
import { HostClock } from '../platform/host-clock.js';
import { finding, type Finding } from './domain/finding.js';
import { isOfSet, isSameChoice, isSameSet } from './domain/registration-change.js';
import { choicesOf, judgeMetadata, type Sent } from './domain/judge-metadata.js';
import { judgeAgainstStatement, openedBy, type StatementClaims } from './domain/judge-statement.js';
import type { Registration } from './domain/registration.js';
import type { RegistrationRefusal } from './domain/registration.refusals.js';
import { KeyInspector, STRANGER } from './key-inspector.js';
import type { RegisteredKey } from './registered-key.js';
import { StatementReader } from './statement-reader.js';
import { RegistrationLog } from './storage/registration-log.store.pg.js';
import { RegistrationStore, type NewRegistration } from './storage/registration.store.pg.js';

/** Findings where the request fails, a refusal where it cannot be judged. */
export type Outcome<Value> =
  | Result<Value, Refusal<RegistrationRefusal>>
  | { readonly ok: false; readonly findings: readonly Finding[] };

export interface Registered {
  readonly registration: Registration;
  /** Only with the registration itself; afterwards only its hash is known. */
  readonly token: string | undefined;
}

interface Wish {
  readonly sent: Sent;
  readonly claims: StatementClaims;
  readonly keys: readonly RegisteredKey[];
}

export const newToken = (): string => `reg_${randomBytes(32).toString('base64url')}`;
export const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();
const UNIQUE_VIOLATION = '23505';

/** Registers software once (RFC 7591): every check is told at once, and asking again splits nothing. */
@Injectable()
export class RegistrationService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RegistrationStore) private readonly store: RegistrationStore,
    @Inject(RegistrationLog) private readonly log: RegistrationLog,
    @Inject(StatementReader) private readonly statements: StatementReader,
    @Inject(KeyInspector) private readonly inspector: KeyInspector,
    @Inject(Catalogue) private readonly catalogue: Catalogue,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  /** The new registration with its token, or the one that exists with the same content, without. */
  async register(body: Sent, interactionId: string): Promise<Outcome<Registered>> {
    const agreements = this.catalogue.current();
    if (!agreements) return refused('registration_unavailable');
    const { findings: ofStatement, claims } = await this.statements.read(
      body['software_statement'],
    );
    // What the request leaves out is as the statement has it.
    const sent = claims
      ? { redirect_uris: claims.redirectUris, jwks: claims.jwks, ...body }
      : { ...body };
    const first = await this.inspector.inspectSet(sent, claims ? undefined : STRANGER);
    // Asked for after the keys: who registered meanwhile is seen here, or by the insert.
    const known = claims && (await this.existing(claims));
    const { findings: ofKeys, keys } = known
      ? await this.inspector.inspectSet(sent, known.clientId)
      : first;
    const findings = [
      ...ofStatement,
      ...judgeMetadata(sent),
      ...ofKeys,
      ...(claims ? judgeAgainstStatement(sent, claims) : []),
      ...(claims && !agreements.knowsIntermediary(claims.epspId)
        ? [finding('software_statement.epsp_id', 'intermediary_unknown', claims.epspId, 'active')]
        : []),
    ];
    if (findings.length > 0 || !claims) return { ok: false, findings };
    const wish = { sent, claims, keys };
    return known ? this.tellExisting(known, wish) : this.insert(wish, interactionId);
  }

  private existing({ issuer, softwareId }: StatementClaims) {
    return this.store.find({ issuer, softwareId });
  }

  /** The same content again is told, not split; other content has to be asked for as a change. */
  private async tellExisting(registration: Registration, wish: Wish): Promise<Outcome<Registered>> {
    const { claims } = wish;
    const findings =
      registration.epspId === claims.epspId
        ? differences(registration, wish)
        : [finding('software_statement.software_id', 'software_of_another', claims.softwareId, '')];
    if (findings.length === 0) return accepted({ registration, token: undefined });
    const isUsed = await this.log.wasUsed(claims.issuer, claims.jti);
    return { ok: false, findings: [...(isUsed ? [used(claims)] : []), ...findings] };
  }

  private async insert(wish: Wish, interactionId: string): Promise<Outcome<Registered>> {
    const token = newToken();
    const made = newRegistration(wish, hashOfToken(token));
    try {
      return await this.database.transaction(async (tx) => {
        await this.store.insert(tx, made);
        const { claims } = wish;
        const isNew = await this.log.useOnce(tx, { ...claims, clientId: made.clientId });
        if (!isNew) throw new StatementUsed();
        for (const key of wish.keys) await this.store.insertKey(tx, made.clientId, key);
        await this.recordRegistration(tx, made, claims, interactionId);
        const registration = await this.store.find({ clientId: made.clientId }, tx);
        return accepted({ registration: registration!, token });
      });
    } catch (error) {
      if (error instanceof StatementUsed) return { ok: false, findings: [used(wish.claims)] };
      // Two equal requests at once: the other one registered it.
      const winner = isUniqueViolation(error) && (await this.existing(wish.claims));
      if (winner) return this.tellExisting(winner, wish);
      throw error;
    }
  }

  private recordRegistration(
    tx: Transaction,
    made: NewRegistration,
    claims: StatementClaims,
    interactionId: string,
  ) {
    return this.log.record(tx, {
      clientId: made.clientId,
      act: 'registered',
      actor: `statement ${claims.jti} of ${claims.issuer}`,
      interactionId,
      facts: { softwareId: claims.softwareId, epspId: claims.epspId },
    });
  }
}

class StatementUsed extends Error {}

const isUniqueViolation = (error: unknown): boolean =>
  (error as { code?: unknown }).code === UNIQUE_VIOLATION;

const used = ({ jti }: StatementClaims): Finding =>
  finding('software_statement.jti', 'statement_used', jti, 'a statement that was not used');

const algorithmOf = (keys: readonly RegisteredKey[]): string =>
  String((keys.find(({ purpose }) => purpose === 'sign') ?? keys[0])?.jwk['alg']);

function newRegistration({ sent, claims, keys }: Wish, tokenHash: Buffer): NewRegistration {
  return {
    clientId: `client_${randomBytes(10).toString('hex')}`,
    epspId: claims.epspId,
    statementIssuer: claims.issuer,
    softwareId: claims.softwareId,
    softwareVersion: claims.softwareVersion,
    clientName: claims.clientName,
    contacts: (sent['contacts'] ?? []) as string[],
    redirectUris: sent['redirect_uris'] as string[],
    metadata: choicesOf(sent, openedBy(claims.roles), algorithmOf(keys)),
    tokenHash,
  };
}

/** What a key is known by: where it presents itself in TLS, by the certificate. */
const markOf = ({ purpose, thumbprint, certificateThumbprint }: Omit<RegisteredKey, 'jwk'>) =>
  (purpose === 'tls' ? certificateThumbprint : undefined) ?? thumbprint;

/** Where the wish differs from what is registered; names and versions may grow older without harm. */
function differences(registered: Registration, { sent, claims, keys }: Wish): Finding[] {
  const found: Finding[] = [];
  const say = (field: string, got: unknown, wanted: unknown) =>
    found.push(finding(field, 'registered_differently', got, JSON.stringify(wanted)));
  const uris = sent['redirect_uris'] as string[];
  if (!isSameSet(registered.redirectUris, uris))
    say('redirect_uris', uris, registered.redirectUris);
  const own = registered.keys.filter((key) => isOfSet(key, registered.metadata));
  if (!isSameSet(own.map(markOf), keys.map(markOf)))
    say(
      'jwks',
      keys.map(({ kid }) => kid),
      own.map(({ kid }) => kid),
    );
  const choices = choicesOf(sent, openedBy(claims.roles), algorithmOf(keys));
  for (const [member, value] of Object.entries(choices)) {
    const one = { [member]: value };
    const other = { [member]: (registered.metadata as Sent)[member] };
    if (!isSameChoice(one, other)) say(member, value, other[member]);
  }
  return found;
}
