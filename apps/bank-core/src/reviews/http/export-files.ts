import type { FilingView } from '../assessments.service.js';
import { csvOf, templateCsv } from '../csv-table.js';
import { wordingOf } from '../domain/checklist-item.js';
import { nameOfVersion, type Standard, type Template } from '../domain/standard.js';
import { jsonOf } from '../domain/template-table.js';
import type { FileForm } from '../templates.service.js';
import type { OutgoingFile } from './send-file.js';
import { answerToWire } from './view.dto.js';

const MEDIA: Readonly<Record<FileForm, string>> = {
  csv: 'text/csv; charset=utf-8',
  json: 'application/json; charset=utf-8',
};

const fileOf = (name: string, form: FileForm, text: string): OutgoingFile => ({
  fileName: `${name}.${form}`,
  mediaType: MEDIA[form],
  bytes: Buffer.from(text, 'utf8'),
});

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

export function templateFile(template: Template, form: FileForm): OutgoingFile {
  const { templateId, version, title, items } = template;
  const text =
    form === 'csv'
      ? templateCsv(items)
      : json({ templateId, version, title, items: items.map(jsonOf) });
  return fileOf(`${templateId}-${nameOfVersion(version)}`, form, text);
}

export function standardFile(standard: Standard, bankCode: string, form: FileForm): OutgoingFile {
  const { version, effectiveFrom, items, contentHash } = standard;
  const name = nameOfVersion(version);
  const text =
    form === 'csv'
      ? templateCsv(items)
      : json({
          bankCode,
          version: name,
          effectiveFrom: effectiveFrom.toString(),
          contentHash,
          items: items.map(jsonOf),
        });
  return fileOf(`standard-${bankCode}-${name}`, form, text);
}

const ANSWER_COLUMNS = [
  'itemId',
  'wording',
  'goalJa',
  'goalEn',
  'answer',
  'level',
  'byAlternative',
  'plannedOn',
  'reason',
  'measures',
  'evidence',
] as const;

/** A submission with the items as they were shown; one line for each answer, its evidence by the hash of the file. */
export function submissionFile(view: FilingView, form: FileForm): OutgoingFile {
  const { submission, content } = view;
  const name = submission.id;
  if (form === 'json') {
    const { epspId, items, answers } = content;
    const file = { submissionId: name, epspId, contentHash: submission.contentHash };
    const listed = { items: items.map(jsonOf), answers: answers.map(answerToWire) };
    return fileOf(name, form, json({ ...file, ...listed }));
  }
  const items = new Map(content.items.map((item) => [wordingOf(item), item]));
  const hashes = new Map(view.evidence.map(({ file }) => [file.id, file.sha256]));
  const rows = content.answers.map((answer) => {
    const goal = items.get(answer.wording)?.goal;
    const { itemId, level, byAlternative, plannedOn, reason, measures, evidence } = answer;
    const said = [answer.answer, String(level), byAlternative ? 'yes' : 'no', plannedOn ?? ''];
    const why = [reason, measures, evidence.map((id) => hashes.get(id) ?? id).join(' ')];
    return [itemId, answer.wording, goal?.ja ?? '', goal?.en ?? '', ...said, ...why];
  });
  return fileOf(name, form, csvOf(ANSWER_COLUMNS, rows));
}
