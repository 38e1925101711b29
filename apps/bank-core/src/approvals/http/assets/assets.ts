import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync, type ReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { STYLESHEET } from './stylesheet.js';

export interface StyleSheet {
  readonly name: string;
  readonly plain: Buffer;
  readonly gzipped: Buffer;
}

const FONT_FILE = /^noto-sans-jp-[a-z0-9-]+-wght-normal\.woff2$/;

/** The files that the pages load: from our own origin, named after their content, kept for ever. */
class Assets {
  private readonly fontFolder = join(
    dirname(
      createRequire(import.meta.url).resolve('@fontsource-variable/noto-sans-jp/package.json'),
    ),
    'files',
  );
  private readonly fonts = new Set(
    readdirSync(this.fontFolder).filter((name) => FONT_FILE.test(name)),
  );
  private readonly sheets: readonly StyleSheet[] = [
    sheetOf('fonts', this.fontFaces()),
    sheetOf('approvals', STYLESHEET),
  ];

  /** Addresses of the style sheets, for the head of a page. */
  readonly stylesheets: readonly string[] = this.sheets.map(({ name }) => `/assets/${name}`);

  sheet(name: string): StyleSheet | undefined {
    return this.sheets.find((sheet) => sheet.name === name);
  }

  font(name: string): ReadStream | undefined {
    return this.fonts.has(name) ? createReadStream(join(this.fontFolder, name)) : undefined;
  }

  /** Slices by range of characters: a browser loads those that its own fonts cannot show. */
  private fontFaces(): string {
    const css = readFileSync(join(this.fontFolder, '..', 'index.css'), 'utf8');
    return css.replaceAll('url(./files/', 'url(/assets/fonts/');
  }
}

/** Read once, with the process. */
export const assets = new Assets();

function sheetOf(kind: string, css: string): StyleSheet {
  const plain = Buffer.from(css);
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 16);
  return { name: `${kind}.${hash}.css`, plain, gzipped: gzipSync(plain, { level: 9 }) };
}
