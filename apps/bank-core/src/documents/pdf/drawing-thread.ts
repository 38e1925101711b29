import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parentPort } from 'node:worker_threads';
import type { PageDefinition } from '../domain/document-layout.js';

/** The part of pdfmake that is used. Its published types bring the browser's with them, over Node's own. */
interface PdfMake {
  setFonts(fonts: Readonly<Record<string, Readonly<Record<'normal' | 'bold', string>>>>): void;
  setLocalAccessPolicy(mayRead: (path: string) => boolean): void;
  setUrlAccessPolicy(mayFetch: (url: string) => boolean): void;
  setTableLayouts(layouts: object): void;
  createPdf(definition: object): { getBuffer(): Promise<Buffer> };
}

/** Draws one document per message, in a thread that its owner may end at any moment (T-26). */
const require = createRequire(import.meta.url);
const pdfmake = require('pdfmake') as PdfMake;
const fonts = dirname(require.resolve('@expo-google-fonts/noto-sans-jp/package.json'));
const LINE = '#c4cad4';
/** Japanese, and English below. */
const HEADING_LINES = 2;
/** Shares of a page behind which a heading goes to the next one. */
const FULL_FOR_TABLE = 0.78;
const FULL_FOR_TEXT = 0.92;
const A4_MARGINS: [number, number, number, number] = [56, 48, 56, 54];

pdfmake.setFonts({
  NotoSansJP: {
    normal: join(fonts, '400Regular', 'NotoSansJP_400Regular.ttf'),
    bold: join(fonts, '700Bold', 'NotoSansJP_700Bold.ttf'),
  },
});
// A document names no file and no address; only the two fonts are read.
pdfmake.setLocalAccessPolicy((path: string) => path.startsWith(fonts));
pdfmake.setUrlAccessPolicy(() => false);
pdfmake.setTableLayouts({
  lines: {
    hLineWidth: () => 0.5,
    vLineWidth: () => 0,
    hLineColor: () => LINE,
    paddingTop: () => 3,
    paddingBottom: () => 3,
  },
});

parentPort?.on('message', (page: PageDefinition) => {
  draw(page).then(
    (bytes) => parentPort?.postMessage({ bytes }),
    (error: unknown) => parentPort?.postMessage({ failed: String(error) }),
  );
});

interface DrawnNode {
  readonly headlineLevel?: number;
  readonly table?: unknown;
  readonly startPosition: { readonly verticalRatio: number };
}

/**
 * A heading never stands alone at the foot of a page. The rows of a table are not broken, so that before one there
 * has to be room for its first row: the library tells where rows began to be laid out, not where they came to stand.
 */
function standsAlone(
  { headlineLevel, startPosition: { verticalRatio } }: DrawnNode,
  { getFollowingNodesOnPage }: { getFollowingNodesOnPage(): readonly DrawnNode[] },
): boolean {
  if (headlineLevel !== 1 || verticalRatio < FULL_FOR_TABLE) return false;
  const isTable = getFollowingNodesOnPage()[HEADING_LINES]?.table !== undefined;
  return isTable || verticalRatio > FULL_FOR_TEXT;
}

/** The same definition gives the same bytes: the only date in the file is the document's own. */
async function draw(page: PageDefinition): Promise<Uint8Array> {
  // The document's own instant, in the only form that the library takes: no clock is asked.
  const issuedAt = new Date(page.issuedAt);
  const pdf = pdfmake.createPdf({
    info: {
      ...page.info,
      creationDate: issuedAt,
      modDate: issuedAt,
      producer: 'Renkei',
      creator: 'Renkei',
    },
    pageSize: 'A4',
    pageMargins: A4_MARGINS,
    defaultStyle: { font: 'NotoSansJP', fontSize: 9.5, lineHeight: 1.25 },
    footer: (current: number, total: number) => ({
      margin: [56, 16, 56, 0],
      fontSize: 7,
      color: '#445566',
      columns: [
        { text: page.footer, width: '*' },
        { text: `${current} / ${total}`, width: 50, alignment: 'right' },
      ],
    }),
    pageBreakBefore: standsAlone,
    content: page.content,
  });
  return new Uint8Array(await pdf.getBuffer());
}
