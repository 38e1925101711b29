import { assert } from '#libs/kernel';
import type { ConsoleAnswer } from './console-officer.js';
import type { Story } from './story.js';

export const MINATO = 'epsp_01j0000000000000000000mnat';
export const AOBA = 'epsp_01j0000000000000000000abft';
export const TSUBAME = 'cp_01j0000000000000000000tsbm';

/** The newest letter of a kind with its document, as the console shows it. */
export async function letterOf(
  story: Story,
  bankCode: string,
  epspId: string,
  notice: string,
): Promise<{ readonly id: string; readonly document: ConsoleAnswer }> {
  const officer = await story.officer('compliance');
  const { body } = await officer.get(`/links/${epspId}/letters?bankCode=${bankCode}`);
  const letters = body['letters'] as { notice: string; documentId: string }[];
  const found = letters.find((letter) => letter.notice === notice);
  assert(found, `No ${notice} has been sent.`);
  const id = found.documentId;
  const path = `/links/${epspId}/letters/${id}?bankCode=${bankCode}&form=json`;
  return { id, document: await officer.get(path) };
}

/** An officer records how the letter arrived: the periods of RKN-S4 and RKN-C2 run from there. */
export async function receive(
  story: Story,
  bankCode: string,
  epspId: string,
  documentId: string,
): Promise<void> {
  const officer = await story.officer('compliance');
  const arrival = { bankCode, arrivedAt: story.time.nowWire(), evidence: ['配達証明 第 1024 号'] };
  const answer = await officer.post(`/links/${epspId}/letters/${documentId}/arrivals`, arrival);
  story.see('POST …/arrivals', answer, 200);
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
