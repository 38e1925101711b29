import type { Words } from '#libs/kernel';
import type { PublicAgreementDto, PublicVersionDto } from './agreement.dto.js';

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');
const beside = ({ ja, en }: Words): string =>
  `<span lang="ja">${escaped(ja)}</span> <span lang="en">${escaped(en)}</span>`;
const row = (label: Words, value: string): string =>
  `<tr><th scope="row">${beside(label)}</th><td>${value}</td></tr>`;
const period = ({ from, to }: { from: string; to: string | null }): string =>
  `${escaped(from)} – ${to === null ? '' : escaped(to)}`;

const STYLE = `
  body { font-family: system-ui, "Noto Sans JP", sans-serif; line-height: 1.6; margin: 2rem auto;
    max-width: 46rem; padding: 0 1rem; }
  [lang="en"] { color: #445; font-size: .9em; }
  table { border-collapse: collapse; margin: .5rem 0; width: 100%; }
  th, td { border-bottom: 1px solid #ccd; padding: .3rem .5rem; text-align: left;
    vertical-align: top; }
`;

const versionLine = (version: PublicVersionDto, shown: string): string => {
  const { agreementId, effectiveFrom, effectiveTo, isCurrent } = version;
  const text = `第${version.version}版 / Version ${version.version}`;
  const name =
    agreementId === shown
      ? `<strong>${text}</strong>`
      : `<a href="/public/v1/agreements/${escaped(agreementId)}/page">${text}</a>`;
  const mark = isCurrent ? ` ${beside({ ja: '現在の版', en: 'in force' })}` : '';
  return `<li>${name} ${period({ from: effectiveFrom, to: effectiveTo })}${mark}</li>`;
};

const head = (of: PublicAgreementDto): string[] => [
  '<table>',
  row({ ja: '金融機関', en: 'Institution' }, beside(of.institution)),
  row(
    { ja: '電子決済等代行業者', en: 'Intermediary' },
    beside({ ja: of.intermediary.nameJa, en: of.intermediary.nameEn }),
  ),
  row({ ja: '登録', en: 'Registration' }, escaped(of.intermediary.registration)),
  row({ ja: '版', en: 'Version' }, String(of.version)),
  row(
    { ja: '効力', en: 'In force' },
    period({ from: of.effectiveFrom, to: of.effectiveTo }) +
      (of.isCurrent
        ? ''
        : ` ${beside({ ja: '現在の版ではありません', en: 'not in force today' })}`),
  ),
  '</table>',
];

/** The published part of one version as a page without script, Japanese with English beside (RKN-0.1). */
export function agreementPage(of: PublicAgreementDto): string {
  const title = { ja: '電子決済等代行業者との契約の公表', en: 'Published part of the agreement' };
  const lines = [
    '<!doctype html>',
    '<html lang="ja">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title.ja)} ${escaped(of.intermediary.nameJa)}</title>`,
    `<style>${STYLE}</style>`,
    '</head>',
    '<body><main>',
    `<h1>${beside(title)}</h1>`,
    ...head(of),
    ...of.sections.flatMap((section) => [
      `<section id="${section.heading}">`,
      `<h2>${beside(section.title)}</h2>`,
      '<dl>',
      ...section.clauses.map(
        (clause) => `<dt>${escaped(clause.id)}</dt><dd>${beside(clause)}</dd>`,
      ),
      '</dl>',
      '</section>',
    ]),
    `<h2>${beside({ ja: '対象の金融機関', en: 'Institutions covered' })}</h2>`,
    '<table>',
    ...of.banks.map((bank) =>
      row({ ja: `${bank.bankCode} ${bank.nameJa}`, en: bank.nameEn }, period(bank)),
    ),
    '</table>',
    `<h2>${beside({ ja: '版の一覧', en: 'Versions' })}</h2>`,
    '<ul>',
    ...of.versions.map((version) => versionLine(version, of.agreementId)),
    '</ul>',
    '</main></body>',
    '</html>',
  ];
  return `${lines.join('\n')}\n`;
}
