import { assert } from '#libs/kernel';
import { MINATO } from './letters.js';
import type { Story } from './story.js';

const FIRST = 'agr_01j0000000000000000000mnat';

/**
 * RKN-0: the federation makes a new version of the agreement by two people, institutions assent to it, and everybody
 * reads what is published of it. Keeps the signed publication.
 */
export async function publication(
  story: Story,
  bankCodes: readonly string[],
  name: string,
): Promise<void> {
  const officer = await story.officer('compliance');
  const asked = { epspId: MINATO, supersedes: FIRST, effectiveFrom: story.time.day() };
  const bare = await officer.post('/agreements', { ...asked, sections: [] });
  story.see('POST …/agreements', bare, 422, 'section_missing');
  const made = await story.decided(await officer.post('/agreements', asked), 'approver');
  const agreementId = String(made['agreementId']);
  const joined = { act: 'join', bankCodes, reason: '新しい版の内容を確認し、同意する。' };
  const acts = await officer.post(`/agreements/${agreementId}/coverage-acts`, joined);
  await story.decided(acts, 'approver');
  const { stage } = story;
  const url = `${stage.bankOrigin}/public/v1/agreements/${agreementId}`;
  const listed = await stage.fetch(url);
  story.see('GET /public/v1/agreements/…', listed, 200);
  const { isCurrent } = (await listed.json()) as { isCurrent: boolean };
  assert(isCurrent, 'The new version is in force today.');
  const document = await stage.fetch(`${url}/document?form=json`);
  story.see('GET /public/v1/agreements/…/document', document, 200);
  story.keep(name, (await document.json()) as Parameters<Story['keep']>[1]);
  story.tell(
    '連合会がみなと家計との契約の新しい版を二人で定め、二つの金融機関が同意した。三つの事項のない版は拒まれ、公表の文書は誰でも読める。',
    'Two people make a new version of the agreement, and two institutions assent. Everybody reads what is published.',
    'RKN-0.1',
    'RKN-0.2',
  );
}
