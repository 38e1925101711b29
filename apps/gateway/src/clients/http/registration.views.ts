import { instantToWire, type Instant } from '#libs/kernel';
import { metadataOf } from '../client.js';
import { isOfSet, type RegistrationChange } from '../domain/registration-change.js';
import { standingOf, type KeyRecord, type Registration } from '../domain/registration.js';
import type { ChangeDto, KeyDto } from './registration-answers.dto.js';

/** The client information response of RFC 7591 section 3.2.1 and RFC 7592 section 3. */
export function registrationView(
  registration: Registration,
  origin: string,
  token: string | undefined,
): Record<string, unknown> {
  const { clientId, epspId, redirectUris, metadata, keys } = registration;
  const jwks = { keys: keys.filter((key) => isOfSet(key, metadata)).map(({ jwk }) => jwk) };
  const members = {
    ...metadataOf({ clientId, epspId, redirectUris, metadata, jwks, keyMarks: [] }),
    default_authorization_details: metadata.default_authorization_details,
    client_id_issued_at: Math.floor(registration.recordedAt / 1000),
    client_name: registration.clientName,
    contacts: registration.contacts,
    epsp_id: epspId,
    software_id: registration.softwareId,
    software_version: registration.softwareVersion,
    registration_client_uri: `${origin}/register/${clientId}`,
    registration_access_token: token,
  };
  return present(members);
}

export const keyView = (key: KeyRecord, now: Instant): KeyDto => ({
  kid: key.kid,
  purpose: key.purpose,
  standing: standingOf(key, now),
  thumbprint: key.thumbprint,
  ...(key.certificateThumbprint === undefined ? {} : { 'x5t#S256': key.certificateThumbprint }),
  since: instantToWire(key.recordedAt),
  ...(key.goodUntil === undefined ? {} : { good_until: instantToWire(key.goodUntil) }),
  jwk: key.jwk,
});

export function changeView(change: RegistrationChange): ChangeDto {
  const { redirectUris, metadata, clientName, contacts, addKeys, endKeys } = change.content;
  return {
    change_id: change.changeId,
    state: change.state,
    content_hash: change.contentHash,
    asked_at: instantToWire(change.askedAt),
    ...(change.decidedAt === undefined ? {} : { decided_at: instantToWire(change.decidedAt) }),
    changes: present({
      redirect_uris: redirectUris,
      metadata,
      client_name: clientName,
      contacts,
      keys_added: addKeys?.map(({ kid, thumbprint }) => ({ kid, thumbprint })),
      keys_ended: endKeys?.map(({ kid, endsAt }) => ({
        kid,
        ends_at: endsAt === 'approval' ? 'approval' : instantToWire(endsAt),
      })),
    }),
  };
}

const present = (members: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
