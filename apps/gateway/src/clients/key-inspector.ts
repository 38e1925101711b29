import { Inject, Injectable } from '@nestjs/common';
import { HostClock } from '../platform/host-clock.js';
import { finding, type Finding } from './domain/finding.js';
import { judgeKey, judgeKeys, keysIn, type SentKey } from './domain/judge-keys.js';
import type { Sent } from './domain/judge-metadata.js';
import { inspectKey, type RegisteredKey } from './registered-key.js';
import { RegistrationStore } from './storage/registration.store.pg.js';

/** Somebody for whom nobody vouched. */
export const STRANGER: unique symbol = Symbol('stranger');
type Holder = string | undefined | typeof STRANGER;

export interface InspectedKeys {
  readonly findings: readonly Finding[];
  readonly keys: readonly RegisteredKey[];
}

/** Judges keys as far as the database has a say: reported as compromised, or held by other software. */
@Injectable()
export class KeyInspector {
  constructor(
    @Inject(RegistrationStore) private readonly store: RegistrationStore,
    @Inject(HostClock) private readonly clock: HostClock,
  ) {}

  /**
   * The JWK set of a registration. `clientId` is the registration that may hold them already; a stranger is
   * told nothing of what the database knows.
   */
  async inspectSet(sent: Sent, clientId: Holder): Promise<InspectedKeys> {
    const form = judgeKeys(sent['jwks']);
    const isSelfSigned = sent['token_endpoint_auth_method'] === 'self_signed_tls_client_auth';
    const inspected = await Promise.all(
      (keysIn(sent['jwks']) ?? []).map((key, at) => {
        const purpose = isSelfSigned && key['x5c'] !== undefined ? 'tls' : 'sign';
        return this.inspect(key, `jwks.keys[${at}]`, purpose, clientId);
      }),
    );
    // A key whose form is wrong is not said to be unreadable as well.
    const spoilt = new Set(form.map(({ field }) => /^jwks\.keys\[\d+\]/.exec(field)?.[0]));
    const further = inspected
      .flatMap(({ findings }) => findings)
      .filter(({ field, rule }) => rule !== 'key_unreadable' || !spoilt.has(field));
    return {
      findings: [...form, ...further],
      keys: inspected.flatMap(({ keys }) => keys),
    };
  }

  /** One key that is to be added. */
  async inspectOne(
    sent: SentKey,
    field: string,
    purpose: RegisteredKey['purpose'],
    clientId: string,
  ): Promise<InspectedKeys> {
    const form = judgeKey(sent, field);
    if (form.length > 0) return { findings: form, keys: [] };
    return this.inspect(sent, field, purpose, clientId);
  }

  private async inspect(
    sent: SentKey,
    field: string,
    purpose: RegisteredKey['purpose'],
    clientId: Holder,
  ): Promise<InspectedKeys> {
    const { findings, key } = inspectKey(sent, field, purpose, this.clock.read());
    if (!key) return { findings, keys: [] };
    if (clientId === STRANGER) return { findings, keys: [key] };
    const marks = [
      key.thumbprint,
      ...(key.certificateThumbprint ? [key.certificateThumbprint] : []),
    ];
    const isCompromised = await this.store.isCompromised(marks, clientId);
    const held = await this.store.heldByOthers([key.thumbprint], clientId);
    const known = clientId === undefined ? undefined : await this.store.kidsOf(clientId);
    const namesake = known?.get(key.kid);
    const isTaken = namesake && (namesake.over || !isSameKey(namesake, key));
    return {
      findings: [
        ...findings,
        ...(isCompromised ? [finding(field, 'key_compromised', key.kid, 'a new key')] : []),
        ...(held.size > 0
          ? [finding(field, 'key_of_another', key.kid, 'a key of this software alone')]
          : []),
        ...(isTaken
          ? [finding(`${field}.kid`, 'key_id_wrong', key.kid, 'a kid that was never used here')]
          : []),
      ],
      keys: [key],
    };
  }
}

/**
 * A kid names one key for one purpose, with one certificate: what differs would never be stored. A signing key may be
 * repeated without the certificate that it was registered with.
 */
const isSameKey = (
  known: Pick<RegisteredKey, 'purpose' | 'thumbprint'> & { certificateThumbprint: string | null },
  key: RegisteredKey,
): boolean =>
  known.purpose === key.purpose &&
  known.thumbprint === key.thumbprint &&
  (key.certificateThumbprint ?? known.certificateThumbprint) === known.certificateThumbprint;
