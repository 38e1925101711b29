import { assert } from '#libs/kernel';
import {
  drawDocument,
  PdfDrawer,
  type DocumentForm,
} from '../../apps/bank-core/src/documents/index.js';
import { settled } from './settle.js';
import type { Line, StoryDocument, ToldStory } from './story.js';

/** Path below `docs/examples`, and content. */
export type ExampleFile = readonly [path: string, bytes: Uint8Array];

const FORMS: readonly DocumentForm[] = ['pdf', 'html', 'json'];

/** Everything that a story leaves behind: each document in its three forms, and the page that tells the story. */
export async function filesOf(story: ToldStory): Promise<ExampleFile[]> {
  const documents = settled(story);
  const drawer = new PdfDrawer();
  try {
    const files: ExampleFile[] = [];
    for (const { name, sealed } of documents)
      for (const form of FORMS) {
        const drawn = await drawDocument(drawer, sealed, form);
        assert(drawn.ok, `The document ${name} can be drawn.`);
        files.push([`${story.folder}/${name}.${form}`, drawn.value]);
      }
    const page = new TextEncoder().encode(pageOf(story, documents));
    return [...files, [`${story.folder}/README.md`, page]];
  } finally {
    await drawer.onApplicationShutdown();
  }
}

function pageOf(story: ToldStory, documents: readonly StoryDocument[]): string {
  const { title, about, lines } = story;
  return [
    '<!-- Written by `npm run examples`; nobody edits it. -->',
    '',
    `# ${title.ja} · ${title.en}`,
    '',
    about.ja,
    '',
    about.en,
    '',
    '## 文書 · Documents',
    '',
    '| 文書 | Document | |',
    '| --- | --- | --- |',
    ...documents.map(
      ({ name, sealed: { document } }) =>
        `| ${document.title.ja} | ${document.title.en} | ` +
        `${FORMS.map((form) => `[${form.toUpperCase()}](${name}.${form})`).join(' ')} |`,
    ),
    '',
    '## 経過 · What happened',
    '',
    '| 日 Day | 出来事 | What | 条項 Clauses | 実際の応答 Seen at the servers |',
    '| --: | --- | --- | --- | --- |',
    ...lines.map(rowOf),
    '',
    '二つのサーバーを実際に動かした記録です。番号と日時は毎回同じになるよう置き換え、文書には見本の鍵で署名し直しています。',
    'Both servers really ran. Ids and times are replaced so that they stay, and the documents are signed anew with an',
    'example key.',
    '',
  ].join('\n');
}

const rowOf = ({ day, said, clauses, seen }: Line): string =>
  `| ${day} | ${said.ja} | ${said.en} | ${clauses.join(', ')} | ${seen
    .map((one) => `\`${one}\``)
    .join('<br>')} |`;
