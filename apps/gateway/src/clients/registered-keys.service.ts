import { Inject, Injectable } from '@nestjs/common';
import { accepted, newId, refused, type Instant, type Result, type Refusal } from '#libs/kernel';
import { Database } from '#libs/platform';
import { HostClock } from '../platform/host-clock.js';
import { finding, type Finding } from './domain/finding.js';
import type { SentKey } from './domain/judge-keys.js';
import type { ChangeContent, RegistrationChange } from './domain/registration-change.js';
import { canSpare, isLive, type KeyRecord, type Registration } from './domain/registration.js';
import type { RegistrationRefusal } from './domain/registration.refusals.js';
import { KeyInspector } from './key-inspector.js';
import { KeyProof, keyInProof, type ProvenRequest } from './key-proof.js';
import { added } from './manage-registration.service.js';
import { keyOfCertificate, type RegisteredKey } from './registered-key.js';
import type { Outcome } from './registration.service.js';
import { StatementReader } from './statement-reader.js';
import { ChangeStore } from './storage/change.store.pg.js';
import { RegistrationLog } from './storage/registration-log.store.pg.js';
import { RegistrationStore } from './storage/registration.store.pg.js';

/** A key or certificate that is to be added, and what it stands in for. */
export interface AskedKey {
  readonly jwk?: SentKey;
  readonly certificate?: string;
  readonly kid?: string;
  readonly goodUntil?: Instant;
  readonly replaces?: string;
  /** Until when the replaced one is good beside it; the moment of the approval where nothing is said. */
  readonly replacedUntil?: Instant;
  readonly softwareStatement?: string;
}

type Verdict = Result<undefined, Refusal<RegistrationRefusal>>;

const COMPROMISED_BY = 'intermediary';

/** Keys and certificates of one registration: rotation with overlap, and the report of a stolen one. */
@Injectable()
export class RegisteredKeysService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RegistrationStore) private readonly store: RegistrationStore,
    @Inject(RegistrationLog) private readonly log: RegistrationLog,
    @Inject(ChangeStore) private readonly changes: ChangeStore,
    @Inject(KeyInspector) private readonly inspector: KeyInspector,
    @Inject(KeyProof) private readonly proofs: KeyProof,
    @Inject(StatementReader) private readonly statements: StatementReader,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  /** Asks for a further key; it is good once the bank has approved it, beside the one it replaces. */
  async add(
    registration: Registration,
    asked: AskedKey,
    request: ProvenRequest,
    interactionId: string,
  ): Promise<Outcome<RegistrationChange>> {
    const { clientId, epspId } = registration;
    const [field, purpose] = asked.jwk ? ['jwk', 'sign' as const] : ['certificate', 'tls' as const];
    const sent = asked.jwk ?? keyOfCertificate(asked.certificate ?? '', asked.kid);
    if (!sent) return failed(finding(field, 'key_unreadable', 'no certificate', 'PEM'));
    const { findings, keys } = await this.inspector.inspectOne(sent, field, purpose, clientId);
    const [key] = keys;
    const old = registration.keys.find(({ kid }) => kid === asked.replaces);
    const further = this.judgeTimes(asked, old);
    if (!key || findings.length + further.length > 0)
      return { ok: false, findings: [...findings, ...further] };
    const content: ChangeContent = {
      clientId,
      epspId,
      addKeys: [added({ ...key, goodUntil: sooner(key.goodUntil, asked.goodUntil) })],
      ...(old ? { endKeys: [{ kid: old.kid, endsAt: asked.replacedUntil ?? 'approval' }] } : {}),
    };
    const proven = await this.prove(registration, request, key, asked.softwareStatement);
    if (!proven.ok) return proven;
    const actor = proven.value;
    const changeId = newId('chg', this.clock.read());
    return this.database.transaction(async (tx) => {
      const change = await this.changes.ask(tx, changeId, content, actor);
      const facts = { changeId: change.changeId, kid: key.kid, replaces: asked.replaces };
      await this.log.record(tx, { clientId, act: 'key_asked', actor, interactionId, facts });
      return accepted(change);
    });
  }

  /** Takes a key away: proven, but nobody has to approve that somebody may do less. */
  async end(
    registration: Registration,
    kid: string,
    request: ProvenRequest,
    interactionId: string,
  ): Promise<Verdict> {
    const { clientId, keys } = registration;
    const key = keys.find((one) => one.kid === kid);
    if (!key) return refused('key_not_found');
    if (!canSpare(keys, key, this.clock.read())) return refused('last_key_stays');
    const proven = await this.proofs.judge(request, { subject: clientId, keys, clientId });
    if (!proven.ok) return proven;
    const actor = `key ${proven.value.kid}`;
    await this.database.transaction(async (tx) => {
      await this.store.endKey(tx, clientId, kid);
      await this.log.record(tx, {
        clientId,
        act: 'key_ended',
        actor,
        interactionId,
        facts: { kid },
      });
    });
    return accepted(undefined);
  }

  /**
   * A key that somebody else may hold (T-09): what it obtained is dead with the commit of this, on every process, and
   * it is refused from then on, under whatever certificate: everywhere where the key itself says so, and for this
   * software alone where another of its keys does, since registering a key does not show that it is one's own.
   */
  async reportCompromised(
    registration: Registration,
    report: { readonly kid: string; readonly reason: string },
    request: ProvenRequest,
    interactionId: string,
  ): Promise<Verdict> {
    const { clientId, keys } = registration;
    const { kid, reason } = report;
    // A DPoP key is nowhere registered: whoever holds it may give it up, by its own thumbprint.
    const own = keyInProof(request.proof, kid, this.clock.read());
    const key = keys.find((one) => one.kid === kid) ?? own;
    if (!key) return refused('key_not_found');
    const proving = key === own ? [key] : keys;
    const provers = { subject: clientId, keys: proving, mayBeOver: true, clientId };
    const proven = await this.proofs.judge(request, provers);
    if (!proven.ok) return proven;
    const prover = proving.find((one) => one.kid === proven.value.kid);
    const everywhere = prover?.thumbprint === key.thumbprint;
    const actor = `key ${proven.value.kid}`;
    await this.database.transaction(async (tx) => {
      for (const mark of [key.thumbprint, key.certificateThumbprint])
        if (mark !== undefined)
          await this.store.reportCompromised(tx, {
            mark,
            clientId,
            kid,
            reason,
            by: COMPROMISED_BY,
            everywhere,
          });
      const facts = { kid, reason, everywhere };
      await this.log.record(tx, { clientId, act: 'key_compromised', actor, interactionId, facts });
    });
    return accepted(undefined);
  }

  /** By a registered key; where none is left, by a new statement that vouches for the new key. */
  private async prove(
    registration: Registration,
    request: ProvenRequest,
    key: RegisteredKey,
    statement: string | undefined,
  ): Promise<Outcome<string>> {
    const { clientId, keys } = registration;
    const now = this.clock.read();
    if (statement === undefined || keys.some((one) => isLive(one, now))) {
      const proven = await this.proofs.judge(request, { subject: clientId, keys, clientId });
      return proven.ok ? accepted(`key ${proven.value.kid}`) : proven;
    }
    const { findings, claims } = await this.statements.read(statement);
    if (!claims) return { ok: false, findings };
    const isOurs =
      claims.issuer === registration.statementIssuer &&
      claims.softwareId === registration.softwareId &&
      claims.epspId === registration.epspId;
    const vouched = await this.inspector.inspectSet({ jwks: claims.jwks }, clientId);
    const isVouched = vouched.keys.some(({ thumbprint }) => thumbprint === key.thumbprint);
    if (!isOurs || !isVouched)
      return failed(finding('software_statement', 'not_in_statement', key.kid, clientId));
    const { issuer, jti, expiresAt } = claims;
    const isNew = await this.database.transaction((tx) =>
      this.log.useOnce(tx, { issuer, jti, clientId, expiresAt }),
    );
    if (!isNew) return failed(finding('software_statement.jti', 'statement_used', jti, 'unused'));
    return accepted(`statement ${jti} of ${issuer}`);
  }

  private judgeTimes(asked: AskedKey, old: KeyRecord | undefined): Finding[] {
    const now = this.clock.read();
    const found: Finding[] = [];
    if (asked.replaces !== undefined && !old)
      found.push(finding('replaces', 'value_not_allowed', asked.replaces, 'a registered kid'));
    if (asked.goodUntil !== undefined && asked.goodUntil <= now)
      found.push(finding('good_until', 'value_not_allowed', asked.goodUntil, 'in the future'));
    const { replacedUntil } = asked;
    const isWrong = replacedUntil !== undefined && (!old || replacedUntil <= now);
    if (isWrong)
      found.push(finding('replaced_until', 'value_not_allowed', replacedUntil, 'in the future'));
    return found;
  }
}

const failed = (found: Finding): { readonly ok: false; readonly findings: readonly Finding[] } => ({
  ok: false,
  findings: [found],
});

const sooner = (a: Instant | undefined, b: Instant | undefined): Instant | undefined =>
  a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
