import { randomUUID } from 'node:crypto';
import { assert } from '#libs/kernel';
import type { SealedDocument } from '../../apps/bank-core/src/documents/index.js';
import type { WireAnswer, WireRequest } from '../campaigns/gateway-ground/door.js';
import { bodyOf, codeOf, type Software } from '../campaigns/gateway-ground/software.js';
import type { Story } from './story.js';

export const MINATO = 'epsp_01j0000000000000000000mnat';
export const AOBA = 'epsp_01j0000000000000000000abft';
export const TSUBAME = 'cp_01j0000000000000000000tsbm';

const ME = '/v1/participants/me';

type Ask = (
  method: WireRequest['method'],
  path: string,
  body?: object | string,
  headers?: Readonly<Record<string, string>>,
) => Promise<WireAnswer>;

/** The intermediary's own affairs at the gateway, under one token that no holder gave. */
export async function ownAffairs(story: Story, software: Software): Promise<Ask> {
  const form = { grant_type: 'client_credentials', scope: 'participants' };
  const granted = await software.ask(story.door, () => software.post('/token', form));
  assert(granted.status === 200, `No token of its own: ${codeOf(granted)}`);
  const token = String(bodyOf(granted)['access_token']);
  return (method, path, body, headers = {}) => {
    const key = randomUUID();
    return software.ask(story.door, () => {
      const call = software.call(token, `${ME}${path}`, method);
      if (body === undefined) return call;
      const isFile = typeof body === 'string';
      const type = isFile ? 'application/octet-stream' : 'application/json';
      return {
        ...call,
        headers: { ...call.headers, 'content-type': type, 'idempotency-key': key, ...headers },
        body: isFile ? body : JSON.stringify(body),
      };
    });
  };
}

/**
 * The intermediary finds the newest letter of a kind and takes it, through the gateway. That it does so is the proof
 * of arrival from which periods run (RKN-S4a, RKN-S4c, RKN-C2a). Answers what the letter is about.
 */
export async function receive(
  story: Story,
  software: Software,
  notice: string,
  name: string,
): Promise<string> {
  const ask = await ownAffairs(story, software);
  const listed = await ask('GET', '/letters');
  const letters = bodyOf(listed)['data'] as Record<'notice' | 'documentId' | 'about', string>[];
  const letter = letters.find((one) => one.notice === notice);
  assert(letter, `No ${notice} has been sent.`);
  const answer = await ask('GET', `/letters/${letter.documentId}?form=json`);
  story.see(`GET ${ME}/letters/…`, answer, 200);
  story.keep(name, bodyOf(answer) as unknown as SealedDocument);
  return letter.about;
}

/** What the intermediary reports about a demand or a request to stop; whether it suffices is judged by people. */
export async function reply(
  story: Story,
  software: Software,
  about: string,
  body: object,
): Promise<void> {
  const list = about.startsWith('req_') ? 'stop-requests' : 'improvement-demands';
  const ask = await ownAffairs(story, software);
  const answer = await ask('POST', `/${list}/${about}/replies`, body);
  story.see(`POST ${ME}/${list}/…/replies`, answer, 201);
}

/** Where one of the procedures stands. */
export async function stateOf(
  story: Story,
  bankCode: string,
  epspId: string,
  machine: string,
  partnerId?: string,
): Promise<unknown> {
  const officer = await story.officer('compliance');
  const { body } = await officer.get(`/links/${epspId}/standing?bankCode=${bankCode}`);
  const all = body['procedures'] as Record<string, unknown>[];
  const found = all.find(
    (one) => one['machine'] === machine && (!partnerId || one['chainPartnerId'] === partnerId),
  );
  return found?.['state'];
}
