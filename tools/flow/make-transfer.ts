import { randomBytes } from 'node:crypto';
import { refusalCodeOf, type Pushed } from './intermediary.js';
import { sampleTransfer } from './sample-transfer.js';
import { approveAs, read, redeem, type Scene } from './scene.js';
import { showTransfer } from './show.js';

/** The second half: a transfer that the holder confirms, and its status without a user. */
export async function makeTransfer(scene: Scene): Promise<void> {
  const { narrator, intermediary, options } = scene;
  const instructionId = `flow-${randomBytes(8).toString('hex')}`;
  const pushed = await narrator.step(
    { ja: '振込の依頼を送る (PAR)', en: 'push the transfer (PAR)' },
    'RFC 9126, RFC 9396',
    () => push(scene, instructionId),
  );
  if (!pushed) {
    narrator.say(
      `${options.bankCode} は更新系を提供していません: function_not_offered (RKN-D4)`,
      `${options.bankCode} offers no writes: function_not_offered (RKN-D4)`,
    );
    return;
  }
  const landedAt = await narrator.step(
    { ja: '本人が銀行の画面で確定する', en: 'the holder confirms on the bank’s page' },
    'SM-5.2',
    () => approveAs(scene, pushed),
  );
  await redeem(scene, pushed, landedAt);
  const token = await narrator.step(
    { ja: '本人なしのトークン', en: 'token without a user' },
    'RFC 6749 4.4',
    () => intermediary.statusToken(),
  );
  const path = `/v1/banks/${options.bankCode}/transfers`;
  const status = await narrator.step(
    { ja: '指図番号による状態照会', en: 'its status by instruction id' },
    'RFC 9449 7',
    () => read(scene, token, path, { instructionId }),
  );
  narrator.line(showTransfer(status));
}

/** Undefined where the institution does not offer writes; every other refusal is thrown. */
async function push(scene: Scene, instructionId: string): Promise<Pushed | undefined> {
  const { intermediary, person, installation } = scene;
  try {
    const detail = sampleTransfer(instructionId, person, installation.people);
    return await intermediary.push('transfers', detail);
  } catch (error) {
    if (refusalCodeOf(error) === 'function_not_offered') return undefined;
    throw error;
  }
}
