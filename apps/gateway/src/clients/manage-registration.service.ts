import { Inject, Injectable } from '@nestjs/common';
import { accepted, newId, refused, type Refusal, type Result } from '#libs/kernel';
import { Database } from '#libs/platform';
import { HostClock } from '../platform/host-clock.js';
import { finding, type Finding } from './domain/finding.js';
import { choicesOf, judgeMetadata, judgeSubset, type Sent } from './domain/judge-metadata.js';
import { openedBy, ROLES } from './domain/judge-statement.js';
import {
  differenceOf,
  type AddedKey,
  type ChangeContent,
  type RegistrationChange,
} from './domain/registration-change.js';
import { isLive, type Registration } from './domain/registration.js';
import type { RegistrationRefusal } from './domain/registration.refusals.js';
import { KeyInspector } from './key-inspector.js';
import { KeyProof, type ProvenRequest } from './key-proof.js';
import type { RegisteredKey } from './registered-key.js';
import { hashOfToken, newToken, type Outcome } from './registration.service.js';
import { ChangeStore } from './storage/change.store.pg.js';
import { RegistrationLog } from './storage/registration-log.store.pg.js';
import { RegistrationStore } from './storage/registration.store.pg.js';

/** What an update led to: done at once, or waiting for the bank. */
export interface Updated {
  readonly registration: Registration;
  readonly change: RegistrationChange | undefined;
}

/** Reads, changes, ends and finds again a registration (RFC 7592). */
@Injectable()
export class ManageRegistrationService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RegistrationStore) private readonly store: RegistrationStore,
    @Inject(RegistrationLog) private readonly log: RegistrationLog,
    @Inject(ChangeStore) private readonly changes: ChangeStore,
    @Inject(KeyInspector) private readonly inspector: KeyInspector,
    @Inject(KeyProof) private readonly proofs: KeyProof,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  /** The registration that the token belongs to; where an id is given, it has to be that one. */
  async open(
    token: string | undefined,
    clientId?: string,
  ): Promise<
    | { readonly ok: true; readonly value: Registration }
    | { readonly ok: false; readonly refusal: Refusal<RegistrationRefusal> }
  > {
    if (!token || token.length > 200) return refused('invalid_token');
    const found = await this.store.find({ tokenHash: hashOfToken(token) });
    const isTheOne = found !== undefined && (clientId ?? found.clientId) === found.clientId;
    return isTheOne ? accepted(found) : refused('invalid_token');
  }

  /** Replaces the registration (RFC 7592 section 2.2). What opens doors needs proof and approval. */
  async update(
    registration: Registration,
    request: ProvenRequest,
    interactionId: string,
  ): Promise<Outcome<Updated>> {
    const sent = request.body as Sent;
    const { clientId } = registration;
    const vouched = openedBy(ROLES);
    const { findings: ofKeys, keys } = await this.inspector.inspectSet(sent, clientId);
    const scope = typeof sent['scope'] === 'string' ? sent['scope'].split(' ') : undefined;
    const findings = [
      ...(sent['client_id'] === clientId
        ? []
        : [finding('client_id', 'value_is_policy', sent['client_id'], clientId)]),
      ...judgeUnchanged(sent, registration),
      ...judgeMetadata(sent, true),
      ...ofKeys,
      ...judgeSubset({ scope }, 'scope', vouched.scopes),
      ...judgeSubset(sent, 'authorization_details_types', vouched.detailTypes),
    ];
    if (findings.length > 0) return { ok: false, findings };
    const { scope: registeredScope = '', authorization_details_types: types = [] } =
      registration.metadata;
    const kept = { scopes: registeredScope.split(' '), detailTypes: types };
    const wished = {
      redirectUris: sent['redirect_uris'] as string[],
      metadata: choicesOf(sent, kept, String(keys[0]?.jwk['alg'])),
      keys: keys.map(added),
    };
    const difference = differenceOf(registration, wished, this.clock.read());
    const named = {
      clientName: String(sent['client_name'] ?? registration.clientName ?? ''),
      contacts: (sent['contacts'] ?? []) as string[],
    };
    if (Object.keys(difference).length === 0)
      return accepted({
        registration: await this.rename(registration, named, interactionId),
        change: undefined,
      });
    const change = await this.ask(
      registration,
      request,
      { ...difference, ...named },
      interactionId,
    );
    return change.ok ? accepted({ registration, change: change.value }) : change;
  }

  /** Remembers a change for the bank to decide, once a registered key has proven the wish (T-12). */
  async ask(
    registration: Registration,
    request: ProvenRequest,
    difference: Omit<ChangeContent, 'clientId' | 'epspId'>,
    interactionId: string,
  ): Promise<Outcome<RegistrationChange>> {
    const { clientId, epspId, keys } = registration;
    const proven = await this.proofs.judge(request, { subject: clientId, keys, clientId });
    if (!proven.ok) return proven;
    const actor = `key ${proven.value.kid}`;
    const changeId = newId('chg', this.clock.read());
    return this.database.transaction(async (tx) => {
      const change = await this.changes.ask(
        tx,
        changeId,
        { clientId, epspId, ...difference },
        actor,
      );
      const facts = { changeId: change.changeId, contentHash: change.contentHash };
      await this.log.record(tx, { clientId, act: 'change_asked', actor, interactionId, facts });
      return accepted(change);
    });
  }

  changesOf(clientId: string): Promise<RegistrationChange[]> {
    return this.changes.list(clientId);
  }

  changeOf(clientId: string, changeId: string): Promise<RegistrationChange | undefined> {
    return this.changes.find(clientId, changeId);
  }

  /**
   * Ends a registration for good, and every consent of the software with it: a registered key has to agree, so that a
   * stolen token ends nobody's consents (T-12). Where no key is left the token alone serves; software that is blocked
   * stays until two officers let it go. `subject` is what the proof names: the client id, or the software id.
   */
  async delete(
    registration: Registration,
    subject: string,
    request: ProvenRequest,
    interactionId: string,
  ): Promise<Result<undefined, Refusal<RegistrationRefusal>>> {
    const { clientId, keys } = registration;
    const now = this.clock.read();
    let kid: string | undefined;
    if (keys.some((key) => isLive(key, now))) {
      const proven = await this.proofs.judge(request, { subject, keys, clientId });
      if (!proven.ok) return proven;
      ({ kid } = proven.value);
    }
    const actor = kid === undefined ? 'registration_token' : `key ${kid}`;
    return this.database.transaction(async (tx) => {
      // What was read before the proof may be over: officers block and report behind the same lock.
      if (!(await this.store.hold(tx, clientId))) return refused('invalid_token');
      const standing = await this.store.standingOf(tx, clientId, kid);
      if (standing.isCompromised) return refused('key_proof_invalid');
      if (standing.isBlocked) return refused('registration_blocked');
      // The token of a thief, where no key is left to agree: a new one, or the bank, has to.
      if (kid === undefined && standing.isTokenOfCompromised) return refused('key_proof_required');
      await this.store.delete(tx, clientId);
      await this.log.record(tx, { clientId, act: 'deleted', actor, interactionId });
      return accepted(undefined);
    });
  }

  /** A fresh token for a registration whose old one, or whose id, was lost. The old one is void at once. */
  async recover(
    lost: { readonly softwareId: string; readonly certificateThumbprint: string | undefined },
    request: ProvenRequest,
    interactionId: string,
  ): Promise<Outcome<{ readonly registration: Registration; readonly token: string }>> {
    const found = await this.findLost(lost, request);
    if (!found.ok) return found;
    const { registration, actor } = found.value;
    const token = newToken();
    await this.database.transaction(async (tx) => {
      await this.store.setToken(tx, registration.clientId, hashOfToken(token));
      const { clientId } = registration;
      await this.log.record(tx, { clientId, act: 'recovered', actor, interactionId });
    });
    return accepted({ registration, token });
  }

  private async findLost(
    lost: { readonly softwareId: string; readonly certificateThumbprint: string | undefined },
    request: ProvenRequest,
  ): Promise<Outcome<{ readonly registration: Registration; readonly actor: string }>> {
    const { softwareId, certificateThumbprint } = lost;
    const now = this.clock.read();
    if (certificateThumbprint !== undefined) {
      // Software ids are unique per issuer only: whose it is, certificate and key tell.
      for (const registration of await this.store.all({ softwareId, certificateThumbprint })) {
        const key = registration.keys.find(
          (one) => one.certificateThumbprint === certificateThumbprint && isLive(one, now),
        );
        if (key) return accepted({ registration, actor: `certificate ${key.kid}` });
      }
    }
    return this.findByKey(softwareId, request);
  }

  /** The registration of that software id whose key proved it; the refusal that says most where none did. */
  private async findByKey(
    softwareId: string,
    request: ProvenRequest,
  ): Promise<Outcome<{ readonly registration: Registration; readonly actor: string }>> {
    const kid = request.proof === undefined ? undefined : kidOf(request.proof);
    if (kid === undefined) return refused('registration_not_found');
    let refusal: Refusal<RegistrationRefusal> = { code: 'registration_not_found' };
    for (const registration of await this.store.all({ softwareId, kid })) {
      const { keys } = registration;
      const proven = await this.proofs.judge(request, { subject: softwareId, keys });
      if (proven.ok) return accepted({ registration, actor: `key ${proven.value.kid}` });
      // A proof that holds and was used is of this registration, and no other one's.
      if (proven.refusal.code === 'key_proof_used') return proven;
      refusal = proven.refusal;
    }
    return { ok: false, refusal };
  }

  private async rename(
    registration: Registration,
    named: { readonly clientName: string; readonly contacts: readonly string[] },
    interactionId: string,
  ): Promise<Registration> {
    const { clientId } = registration;
    await this.database.transaction(async (tx) => {
      await this.store.rename(tx, clientId, named.clientName, named.contacts);
      const actor = 'registration_token';
      await this.log.record(tx, { clientId, act: 'renamed', actor, interactionId, facts: named });
    });
    return { ...registration, ...named };
  }
}

/** What identifies software stays; other software is another registration. */
const judgeUnchanged = (sent: Sent, registered: Registration): Finding[] =>
  Object.entries({
    software_id: registered.softwareId,
    software_version: registered.softwareVersion,
    epsp_id: registered.epspId,
  }).flatMap(([member, value]) =>
    sent[member] === undefined || sent[member] === value
      ? []
      : [finding(member, 'value_is_policy', sent[member], value ?? 'absent')],
  );

/** A key as a change carries it: members that are not there are left out, so that its hash is one. */
export function added(key: RegisteredKey): AddedKey {
  const { kid, purpose, thumbprint, certificateThumbprint, jwk, goodUntil } = key;
  return {
    kid,
    purpose,
    thumbprint,
    jwk,
    ...(certificateThumbprint === undefined ? {} : { certificateThumbprint }),
    ...(goodUntil === undefined ? {} : { goodUntil }),
  };
}

function kidOf(proof: string): string | undefined {
  const [header = ''] = proof.slice(0, 8 * 1024).split('.', 1);
  try {
    const { kid } = JSON.parse(Buffer.from(header, 'base64url').toString()) as { kid?: unknown };
    return typeof kid === 'string' ? kid.slice(0, 80) : undefined;
  } catch {
    return undefined;
  }
}
