import { assert, instantToWire, type Refusal, type Result, type Words } from '#libs/kernel';
import { consentSentences } from '../../apps/bank-core/src/consents/index.js';
import {
  contentOfHold,
  holdSentences,
  type HoldDone,
  type HoldOrder,
  type HoldRefusal,
} from '../../apps/bank-core/src/links/index.js';
import type { StaffDesk } from '../../apps/bank-core/src/staff-desk.js';
import { Failure } from '../failure.js';
import type { Say } from './line.js';
import { instantOf, needed, type Act, type StaffOptions } from './options.js';
import { closeOutage, enterOutage } from './outages.js';
import { approveChange, changes, rejectChange } from './registration-acts.js';
import { block, blocks, reportKey, unblock } from './software-acts.js';
import { agree, logIn } from './two-people.js';

export const ACTS: Readonly<
  Record<Act, (desk: StaffDesk, options: StaffOptions, say: Say) => Promise<void>>
> = {
  hold,
  release,
  list,
  'revoke-consent': revokeConsent,
  unlock,
  signals,
  outage: enterOutage,
  'outage-over': closeOutage,
  changes,
  'approve-change': approveChange,
  'reject-change': rejectChange,
  blocks,
  block,
  unblock,
  'report-key': reportKey,
};

async function hold(desk: StaffDesk, options: StaffOptions, say: Say): Promise<void> {
  const order = await orderOf(desk, options, needed(options.basis));
  const until = instantOf(needed(options.until));
  const content = contentOfHold({ ...order, until });
  const agreed = await agree(desk, options, 'protective_hold', content, sayProposal(say));
  await tell(desk, await desk.holds.set({ ...order, until }, agreed), say, {
    ja: '保護的停止を設定しました',
    en: 'protective hold set',
  });
}

async function release(desk: StaffDesk, options: StaffOptions, say: Say): Promise<void> {
  const order = await orderOf(desk, options, options.basis ?? 'released');
  const agreed = await agree(desk, options, 'protective_hold_release', order, sayProposal(say));
  await tell(desk, await desk.holds.release(order, agreed), say, {
    ja: '保護的停止を解除しました',
    en: 'protective hold released',
  });
}

async function list(desk: StaffDesk, options: StaffOptions, say: Say): Promise<void> {
  const now = await desk.clock.now();
  const all = await desk.institutions.all();
  for (const { id, bankCode } of all) {
    if (options.bank !== undefined && options.bank !== 'all' && options.bank !== bankCode) continue;
    for (const measure of await desk.holds.list(id)) {
      const isLive = measure.releasedAt === undefined && now < measure.until;
      const until = instantToWire(measure.until);
      const scope = `${measure.epspId} ${measure.chainPartnerId} ${measure.function}`;
      say({
        words: {
          ja: `${bankCode}  ${isLive ? '有効' : '終了'}  ${scope}  ${until} まで  ${measure.basis}`,
          en: `${bankCode}  ${isLive ? 'live' : 'over'}  ${scope}  until ${until}  ${measure.basis}`,
        },
        data: { bankCode, ...measure, until, since: instantToWire(measure.since), isLive },
      });
    }
  }
}

async function revokeConsent(desk: StaffDesk, options: StaffOptions, say: Say): Promise<void> {
  const institution = await institutionOf(desk, needed(options.bank));
  const consentId = needed(options.consent);
  const officer = await logIn(desk, needed(options.by), 'RENKEI_STAFF_PASSWORD_A');
  const at = await desk.clock.now();
  const revoked = await desk.database.inInstitution(institution.id, (tx) =>
    desk.consents.revoke(tx, {
      institutionId: institution.id,
      consentId,
      actor: 'institution',
      reason: options.basis ?? 'institution_decision',
      at,
      by: [officer.mailAddress],
    }),
  );
  if (!revoked.ok) throw new Failure(consentSentences[revoked.refusal.code], 4);
  say({
    words: {
      ja: `${institution.bankCode}  同意 ${consentId} を終了しました`,
      en: `${institution.bankCode}  consent ${consentId} revoked`,
    },
    data: { bankCode: institution.bankCode, consentId, state: 'revoked' },
  });
}

const SIGNALS_SHOWN = 100;

/** What intermediaries noticed about transfers: evidence for people, newest first. */
async function signals(desk: StaffDesk, options: StaffOptions, say: Say): Promise<void> {
  const { id, bankCode } = await institutionOf(desk, needed(options.bank));
  await logIn(desk, needed(options.by), 'RENKEI_STAFF_PASSWORD_A');
  for (const signal of await desk.signals.newest(id, options.transfer, SIGNALS_SHOWN)) {
    const observedAt = instantToWire(signal.observedAt);
    const receivedAt = instantToWire(signal.receivedAt);
    const line = `${bankCode}  ${signal.transferId}  ${signal.grade}  ${signal.kind}  ${observedAt}`;
    say({
      words: { ja: line, en: line },
      data: { bankCode, ...signal, observedAt, receivedAt },
    });
  }
}

async function unlock(desk: StaffDesk, options: StaffOptions, say: Say): Promise<void> {
  const institution = await institutionOf(desk, needed(options.bank));
  const loginId = needed(options.login);
  const form = needed(options.basis);
  const content = { institutionId: institution.id, loginId, form };
  const agreed = await agree(desk, options, 'service_unlock', content, sayProposal(say));
  const by = `${agreed.proposal.proposedBy.mailAddress}, ${agreed.approver.mailAddress}`;
  const at = await desk.clock.now();
  const done = await desk.database.inInstitution(institution.id, async (tx) => {
    const holder = await desk.holders.byLoginId(tx, institution.id, loginId);
    if (!holder) return false;
    return desk.credentials.unlock(tx, institution.id, holder.id, { by, form }, at);
  });
  if (!done)
    throw new Failure(
      {
        ja: 'このログインIDのサービスは中止されていません。',
        en: 'The service of this login ID is not locked.',
      },
      4,
    );
  say({
    words: {
      ja: `${institution.bankCode}  ${loginId} のサービスを再開しました (SM-9.2)`,
      en: `${institution.bankCode}  service of ${loginId} reopened (SM-9.2)`,
    },
    data: { bankCode: institution.bankCode, loginId, state: 'active' },
  });
}

async function orderOf(desk: StaffDesk, options: StaffOptions, basis: string): Promise<HoldOrder> {
  const scope = {
    epspId: needed(options.epsp),
    chainPartnerId: options.partner,
    function: options.function,
  };
  const known = await desk.holds.checkScope(scope);
  if (!known.ok) throw new Failure(holdSentences[known.refusal.code], 4);
  const bank = needed(options.bank);
  if (bank !== 'all')
    return { ...scope, basis, institutionIds: [(await institutionOf(desk, bank)).id] };
  const all = await desk.institutions.all();
  // The federation has no holders of its own to protect, but its link is one of the 14 as well.
  return { ...scope, basis, institutionIds: all.map(({ id }) => id) };
}

async function institutionOf(desk: StaffDesk, bankCode: string) {
  const institution = await desk.institutions.byBankCode(bankCode);
  if (institution) return institution;
  throw new Failure(
    { ja: `金融機関コード ${bankCode} はありません。`, en: `There is no bank code ${bankCode}.` },
    2,
  );
}

const sayProposal =
  (say: Say) =>
  ({ id, contentHash }: { id: string; contentHash: string }): void =>
    say({
      words: { ja: `起案 ${id}  ${contentHash}`, en: `proposal ${id}  ${contentHash}` },
      data: { proposal: id, contentHash },
    });

/** One child measure per institution, each with its own outcome (RKN-S4c/d). */
async function tell(
  desk: StaffDesk,
  done: readonly { institutionId: number; result: Result<HoldDone, Refusal<HoldRefusal>> }[],
  say: Say,
  words: Words,
): Promise<void> {
  const codes = new Map((await desk.institutions.all()).map(({ id, bankCode }) => [id, bankCode]));
  for (const { institutionId, result } of done) {
    const bankCode = codes.get(institutionId);
    assert(bankCode, 'Every institution has a code.');
    if (result.ok) {
      const { measureId, version } = result.value;
      say({
        words: {
          ja: `${bankCode}  ${words.ja}  ${measureId}  (連携状態の版 ${version})`,
          en: `${bankCode}  ${words.en}  ${measureId}  (link version ${version})`,
        },
        data: { bankCode, measureId, linkVersion: Number(version) },
      });
      continue;
    }
    const { code } = result.refusal;
    const { ja, en } = holdSentences[code];
    say({
      words: { ja: `${bankCode}  ${code}: ${ja}`, en: `${bankCode}  ${code}: ${en}` },
      data: { bankCode, refused: code },
      isRefusal: true,
    });
  }
}
