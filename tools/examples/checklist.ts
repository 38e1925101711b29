import { assert } from '#libs/kernel';
import { bodyOf, type Software } from '../campaigns/gateway-ground/software.js';
import { ownAffairs } from './letters.js';
import type { Story } from './story.js';

interface AskedItem {
  readonly itemId: string;
  readonly wording: string;
  readonly family: string;
  readonly levelRequired: number;
}

const EVIDENCE = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\n%%EOF\n';

/**
 * The intermediary answers everything that is asked, through the gateway, and submits it to one institution. Of the
 * item `open` it says itself that it is met in part only. Answers the checklist's id.
 */
export async function submitChecklist(
  story: Story,
  software: Software,
  bankCode: string,
  open: string,
): Promise<string> {
  const ask = await ownAffairs(story, software);
  const { items } = bodyOf(await ask('GET', '/standards')) as { items: AskedItem[] };
  assert(
    items.some(({ itemId }) => itemId === open),
    `The standard asks ${open}.`,
  );
  const begun = await ask('POST', '/checklists', {});
  const id = String(bodyOf(begun)['checklistId']);
  const file = await ask('POST', '/evidence', EVIDENCE, { 'x-file-name': 'security-policy.pdf' });
  story.see('POST /v1/participants/me/evidence', file, 200);
  const evidenceId = String(bodyOf(file)['evidenceId']);
  const bare = await ask('POST', `/checklists/${id}/filings`, { bankCodes: [bankCode] });
  story.see('POST …/filings', bare, 422, 'submission_incomplete');
  for (const { itemId, wording, family, levelRequired } of items) {
    const isOpen = itemId === open;
    const answer = await ask('PUT', `/checklists/${id}/answers/${itemId}`, {
      wording,
      answer: isOpen ? 'partly' : 'met',
      level: isOpen ? Math.max(levelRequired - 1, 0) : levelRequired,
      reason: isOpen ? '部品の一覧はあるが、直した記録を残していない。' : '',
      measures: '規程と記録で確かめている。',
      evidence: family === 'protection' ? [evidenceId] : [],
      version: 0,
    });
    assert(answer.status === 200, `The answer to ${itemId} was refused: ${answer.text}`);
  }
  const filed = await ask('POST', `/checklists/${id}/filings`, { bankCodes: [bankCode] });
  story.see('POST …/filings', filed, 200);
  return id;
}
